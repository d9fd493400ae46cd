import type { Clock, Locale, TimeZone } from '@hevd/core'
import { type App, RequestError } from '@hevd/http'
import {
  at,
  type Database,
  type Organisation,
  type OrganisationTables,
  type Tx,
  uuidv7,
} from '@hevd/postgres'
import { z } from 'zod'
import { isLoopback } from './config.ts'

/** What an organisation is called before anybody has said otherwise. */
export type NewOrganisation = {
  readonly name: string
  /** Host name that people reach it by. */
  readonly hostName: string
  readonly locale: Locale
  readonly timeZone: TimeZone
}

/** The only organisation of an installation, made at its first start; its host name follows the settings. */
export async function ensureOrganisation(
  db: Database,
  clock: Clock,
  { name, hostName, locale, timeZone }: NewOrganisation,
): Promise<Organisation> {
  return db.system(async (tx) => {
    const table = tx.withTables<OrganisationTables>()
    const [first, ...others] = await table.selectFrom('hevd.organisation').selectAll().orderBy('id').execute()
    if (first !== undefined && (others.length > 0 || first.host_name === hostName)) return first
    if (first !== undefined) {
      await table.updateTable('hevd.organisation').set({ host_name: hostName }).execute()
      return { ...first, host_name: hostName }
    }
    const created_at = clock.now()
    const made = {
      id: uuidv7(created_at),
      name,
      host_name: hostName,
      locale,
      time_zone: timeZone,
      created_at,
    }
    await table
      .insertInto('hevd.organisation')
      .values({ ...made, created_at: at(created_at) })
      .execute()
    return made
  })
}

const longestRemembered = 5_000

/**
 * Finds the organisation of a host name. On this machine itself the only one there is answers to every loopback
 * name. Any other name is refused, so that no page elsewhere can reach us by a name of its own (DNS rebinding).
 */
export function organisations(db: Database, clock: Clock): (hostname: string) => Promise<string> {
  let known: readonly Organisation[] = []
  let readAt = -Infinity
  return async (hostname) => {
    if (clock.now() - readAt > longestRemembered || known.length === 0) {
      known = await db.system((tx) =>
        tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').selectAll().execute(),
      )
      readAt = clock.now()
    }
    const named = known.find(({ host_name }) => host_name === hostname.toLowerCase())
    const [only, ...others] = known
    const found =
      named ?? (others.length === 0 && isLoopback(hostname.replace(/^\[|\]$/g, '')) ? only : undefined)
    if (found === undefined) throw new RequestError('wrong-host', hostname)
    return found.id
  }
}

const naming = z.object({
  name: z.string().trim().min(1).max(200),
  timeZone: z.string().refine(isTimeZone, { error: 'not an IANA time zone such as Europe/Oslo' }),
})

/** `PATCH /api/organisation`: what the organisation is called, and whose calendar its days are counted by. */
export function organisationRoutes(
  app: App,
  db: Database,
  record: (tx: Tx, organisation: string, kind: string, body: { readonly timeZone: string }) => Promise<void>,
): void {
  app.patch(
    '/api/organisation',
    {
      config: { access: 'administrator' },
      schema: { body: naming.partial(), response: { 200: naming } },
    },
    async ({ organisation, body }) =>
      db.transaction(organisation, async (tx) => {
        const table = tx.withTables<OrganisationTables>()
        const row = await table
          .selectFrom('hevd.organisation')
          .selectAll()
          .where('id', '=', organisation)
          .executeTakeFirstOrThrow()
        const next = { name: body.name ?? row.name, time_zone: body.timeZone ?? row.time_zone }
        await table.updateTable('hevd.organisation').set(next).where('id', '=', organisation).execute()
        await record(tx, organisation, 'organisation-changed', { timeZone: next.time_zone })
        return { name: next.name, timeZone: next.time_zone }
      }),
  )
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}
