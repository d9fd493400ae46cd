import type { Bilingual, Clock } from '@hevd/core'
import { createFeeds, type Feeds, feedsMigrations } from '@hevd/feeds'
import { type App, type Ask, createApp, type Principal } from '@hevd/http'
import { createIdentity, identityMigrations } from '@hevd/identity'
import { at, type Tx, uuidv7 } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { NoticesConfig } from '../config.ts'
import type { Preference } from '../contract.ts'
import { createNotices, type Notices, noticesMigrations } from '../index.ts'
import { putPreference, unsaid } from '../store/accounts.ts'

export const hour = 3_600_000
export const day = 24 * hour

export const ground = () =>
  throwawayDatabase([
    { name: 'identity', directory: identityMigrations },
    { name: 'feeds', directory: feedsMigrations },
    { name: 'notices', directory: noticesMigrations },
  ])

/** One organisation, what is asked in it, and its notices. */
export type World = {
  readonly organisation: string
  readonly clock: TestClock
  readonly feeds: Feeds
  /** What is asked now; a test changes it. */
  asks: Ask[]
  /** Entries of the log, and lines of the server's. */
  readonly recorded: { readonly kind: string; readonly body: object }[]
  readonly logged: string[]
  server(config?: Partial<NoticesConfig>): Notices
  app(notices: Notices, who: () => Principal | null): Promise<App>
  /** An account that is told by e-mail, at once and whatever the hour where nothing else is said; its id. */
  account(over?: {
    readonly email?: string | null
    readonly locale?: 'nb' | 'en'
    readonly role?: 'administrator' | 'reader'
    readonly preference?: Partial<Preference>
  }): Promise<string>
  inside<T>(run: (tx: Tx) => Promise<T>): Promise<T>
}

export async function world(on: ThrowawayDatabase, start = '2026-06-01T12:00:00Z'): Promise<World> {
  const { db } = on
  const organisation = await addOrganisation(db, { name: 'Ås Bæreri AS' })
  const clock = testClock(start)
  const recorded: World['recorded'] = []
  const logged: string[] = []
  const record = async (_tx: Tx, _organisation: string, kind: string, body: object) => {
    recorded.push({ kind, body })
  }
  const logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) })
  const origin = 'https://hevd.example.org'
  const accounts = createIdentity({ db, clock, record, origin })
  const inside = <T>(run: (tx: Tx) => Promise<T>) => db.transaction(organisation, run)
  const self: World = {
    organisation,
    clock,
    feeds: createFeeds({ db, clock, logger, record }),
    asks: [],
    recorded,
    logged,
    inside,
    server: (config = {}) =>
      createNotices({ db, clock, logger, record, accounts, asks: [async () => self.asks], origin, config }),
    async app(notices, who) {
      const app = await createApp({
        logger,
        tls: null,
        bodyLimit: 10_000,
        callsPerMinute: 10_000,
        fallbackLocale: 'nb',
        version: '0.0.0',
        authenticate: async () => who(),
        organisationOf: async () => organisation,
      })
      notices.register(app)
      return app
    },
    account: (over = {}) =>
      inside(async (tx) => {
        const id = await addAccount(tx, organisation, clock, over)
        await putPreference(tx, organisation, id, {
          ...unsaid,
          rhythm: 'at-once',
          quiet: null,
          ...over.preference,
        })
        return id
      }),
  }
  return self
}

type Made = { readonly email?: string | null; readonly locale?: string; readonly role?: string }

async function addAccount(tx: Tx, organisation: string, clock: Clock, over: Made): Promise<string> {
  const id = uuidv7(clock.now())
  const { email = `${id}@example.org`, locale = 'nb', role = 'reader' } = over
  await sql`
    insert into identity.account (organisation, id, name, user_name, role, passphrase_hash, created_at, email, locale)
    values (${organisation}, ${id}, 'Åse', ${id}, ${role}, '', ${at(clock.now())}, ${email}, ${locale})`.execute(
    tx,
  )
  return id
}

const said = (text: string): Bilingual => ({ nb: text, en: text })

export function ask(id: string, over: Partial<Ask> = {}): Ask {
  return {
    id,
    kind: 'control-fails',
    title: said(id),
    what: said('Mer om det.'),
    since: null,
    deadline: null,
    action: said('Se'),
    to: `/controls/${id}`,
    urgent: false,
    of: () => true,
    ...over,
  }
}
