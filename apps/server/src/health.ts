import type { Bilingual } from '@hevd/core'
import { type App, bilingual, RequestError } from '@hevd/http'
import type { Database } from '@hevd/postgres'
import { z } from 'zod'
import type { DiskRoom } from './disk-room.ts'

const health = z.object({ ready: z.boolean(), why: bilingual.nullable(), version: z.string() })

export type HealthDeps = {
  readonly db: Database
  readonly version: string
  readonly room: Pick<DiskRoom, 'enough'>
  readonly isStopping: () => boolean
}

/**
 * `GET /health`: ready, or why not; 503 then, so that a load balancer sends nobody here. A server whose disk is full
 * is ready, since what is stored is still read, and says `why` it is not whole.
 */
export function healthRoute(app: App, { db, version, room, isStopping }: HealthDeps): void {
  app.get(
    '/health',
    {
      config: { access: 'public', rateLimit: false },
      schema: { response: { 200: health, 503: health } },
    },
    async (_request, reply) => {
      const gone = isStopping() ? stopping : await databaseAnswers(db)
      const why = gone ?? (room.enough() ? null : new RequestError('disk-full').words)
      return reply.code(gone === null ? 200 : 503).send({ ready: gone === null, why, version })
    },
  )
}

const stopping = { nb: 'Tjeneren er i ferd med å stoppe.', en: 'The server is stopping.' }
const databaseGone = {
  nb: 'Databasen svarer ikke. Det som alt er lagret, er trygt; tjeneren kobler til igjen av seg selv.',
  en: 'The database does not answer. What is stored is safe; the server connects again by itself.',
}

async function databaseAnswers(db: Database): Promise<Bilingual | null> {
  try {
    await db.ping()
    return null
  } catch {
    return databaseGone
  }
}
