import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '@hevd/core'
import { type IsolationLevel, Kysely, type Transaction } from 'kysely'
import pg from 'pg'
import { ScopedDialect, scopeOf } from './scoped-dialect.ts'
import { isTransient } from './sqlstate.ts'
import { valueTypes } from './types.ts'

/**
 * An open transaction. It knows no tables; a module's store names its own, which costs nothing at run time:
 * `tx.withTables<FeedsTables>().selectFrom('feeds.feed')…`.
 */
export type Tx = Transaction<unknown>

export type DatabaseConfig = {
  /** `postgresql://user:password@host:port/database`; a socket directory as percent-encoded host. */
  readonly url: string
  /** Most connections open at once; 10 if not given. */
  readonly poolSize?: number
  /** Shown in `pg_stat_activity`; `hevd` if not given. */
  readonly applicationName?: string
  /**
   * Asked at the beginning of every transaction; while it says no, transactions are read-only, so that what writes
   * fails with SQLSTATE 25006 (`isOutOfRoom`) and what reads goes on. Always yes if not given.
   */
  readonly mayWrite?: () => boolean
}

export type TransactionOptions = {
  /** `read committed` if not given. */
  readonly isolation?: Extract<IsolationLevel, 'read committed' | 'repeatable read' | 'serializable'>
  readonly readOnly?: boolean
  /** How often it is tried in all when the server asks for a retry (40001, 40P01); 5 if not given. */
  readonly attempts?: number
}

/** The connection pool of one server process, as the runtime role. */
export type Database = {
  /**
   * Runs `run` in a transaction that sees and writes the rows of this organisation alone, and commits.
   * On a serialization failure or deadlock it is rolled back and RUN AGAIN: `run` must touch nothing but
   * `tx`, and tell the world only after this promise has resolved.
   */
  transaction<T>(organisation: string, run: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * Rows of one constant statement that sees the rows of this organisation alone, in one round trip: for what is asked at
   * every call. It takes no parameters, and nothing from outside is ever put into it.
   */
  glance<Row>(organisation: string, statement: string): Promise<readonly Row[]>
  /** {@link Database.transaction} without an organisation: sees `hevd.organisation`; any module's table raises an error. */
  system<T>(run: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** The database's wall clock, to the millisecond, cut off. */
  now(): Promise<Instant>
  /** Resolves when the server answers; rejects with the driver's error. */
  ping(): Promise<void>
  /** Ends all connections after their running queries. Calling it again is allowed. */
  close(): Promise<void>
}

const DEFAULT_ATTEMPTS = 5
const DEFAULT_POOL_SIZE = 10

/** Doubles from 4 ms with as much jitter again, so that those who collided do not meet again. */
function backoff(attempt: number): number {
  const base = 4 * 2 ** attempt
  return base + randomInt(base)
}

async function runTransaction<T>(
  pool: pg.Pool,
  organisation: string | undefined,
  run: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
  mayWrite: () => boolean,
): Promise<T> {
  const handle = new Kysely<unknown>({ dialect: new ScopedDialect(pool, organisation) })
  const attempts = options.attempts ?? DEFAULT_ATTEMPTS
  for (let attempt = 1; ; attempt += 1) {
    try {
      let transaction = handle.transaction()
      if (options.isolation) transaction = transaction.setIsolationLevel(options.isolation)
      if (options.readOnly || !mayWrite()) transaction = transaction.setAccessMode('read only')
      return await transaction.execute(run)
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error
      await sleep(backoff(attempt))
    }
  }
}

/** Opens no connection until the first query. An idle connection that breaks is replaced silently. */
export function openDatabase(config: DatabaseConfig): Database {
  const pool = new pg.Pool({
    connectionString: config.url,
    max: config.poolSize ?? DEFAULT_POOL_SIZE,
    application_name: config.applicationName ?? 'hevd',
    options: '-c datestyle=ISO -c timezone=UTC -c intervalstyle=iso_8601 -c extra_float_digits=1',
    types: valueTypes,
  })
  // Without a listener the loss of an idle connection would end the process; the next query reports it.
  pool.on('error', () => {})
  // A connection that breaks while it is checked out fails the query under way; the event itself says nothing more.
  pool.on('connect', (client) => client.on('error', () => {}))
  const { mayWrite = () => true } = config
  let closing: Promise<void> | undefined

  return {
    transaction: (organisation, run, options = {}) =>
      runTransaction(pool, organisation, run, options, mayWrite),
    system: (run, options = {}) => runTransaction(pool, undefined, run, options, mayWrite),
    async glance<Row>(organisation: string, statement: string) {
      // Statements of one message are one transaction, which ends with it whatever happens.
      const answers: unknown = await pool.query(`${scopeOf(organisation)}; ${statement}`)
      const last: unknown = Array.isArray(answers) ? answers.at(-1) : null
      if (typeof last !== 'object' || last === null || !('rows' in last) || !Array.isArray(last.rows))
        throw new Error('A glance is one statement')
      return last.rows as readonly Row[]
    },
    async now() {
      const { rows } = await pool.query<{ now: Instant }>('select clock_timestamp() as now')
      const [row] = rows
      if (!row) throw new Error('The database gave no time')
      return row.now
    },
    async ping() {
      await pool.query('select 1')
    },
    close() {
      closing ??= pool.end()
      return closing
    },
  }
}
