import type { App } from '@hevd/http'
import { bilingual } from '@hevd/http'
import type { Database } from '@hevd/postgres'
import { z } from 'zod'

const health = z.object({ ready: z.boolean(), why: bilingual.nullable(), version: z.string() })

/** `GET /health`: ready, or why not; 503 then, so that a load balancer sends nobody here. */
export function healthRoute(app: App, db: Database, version: string, isStopping: () => boolean): void {
  app.get(
    '/health',
    {
      config: { access: 'public', rateLimit: false },
      schema: { response: { 200: health, 503: health } },
    },
    async (_request, reply) => {
      const why = isStopping() ? stopping : await databaseAnswers(db)
      return reply.code(why === null ? 200 : 503).send({ ready: why === null, why, version })
    },
  )
}

const stopping = { nb: 'Tjeneren er i ferd med å stoppe.', en: 'The server is stopping.' }
const databaseGone = {
  nb: 'Databasen svarer ikke. Det som alt er lagret, er trygt; tjeneren kobler til igjen av seg selv.',
  en: 'The database does not answer. What is stored is safe; the server connects again by itself.',
}

async function databaseAnswers(db: Database): Promise<typeof databaseGone | null> {
  try {
    await db.ping()
    return null
  } catch {
    return databaseGone
  }
}
