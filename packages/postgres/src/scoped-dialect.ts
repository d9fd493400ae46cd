import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { isUuid } from './uuid.ts'

/** Where the row-level security policies find the organisation; see migrations/0001.sql. */
const SETTING = 'hevd.organisation'

/**
 * The statement that makes a transaction an organisation's. `set local` takes no parameters, so the text itself must be
 * safe: only a UUID is let through.
 */
export function scopeOf(organisation: string): string {
  if (!isUuid(organisation)) throw new TypeError('An organisation is a lower-case UUID')
  return `set local ${SETTING} = '${organisation}'`
}

/**
 * Begins every transaction together with its organisation, as one simple-protocol message: one round trip,
 * and nobody can forget the second half.
 */
class ScopedDriver extends PostgresDriver {
  readonly #scope: string

  constructor(pool: pg.Pool, organisation: string | undefined) {
    super({ pool })
    this.#scope = organisation === undefined ? '' : `; ${scopeOf(organisation)}`
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    const access = settings.accessMode ? ` ${settings.accessMode}` : ''
    await connection.executeQuery(CompiledQuery.raw(`begin${isolation}${access}${this.#scope}`))
  }
}

/** The PostgreSQL dialect over a shared pool, whose transactions belong to one organisation or to none. */
export class ScopedDialect extends PostgresDialect {
  readonly #pool: pg.Pool
  readonly #organisation: string | undefined

  constructor(pool: pg.Pool, organisation?: string) {
    super({ pool })
    this.#pool = pool
    this.#organisation = organisation
  }

  override createDriver(): Driver {
    return new ScopedDriver(this.#pool, this.#organisation)
  }
}
