/** What this package asks of a database; a `pg` pool, client or pool client is one. */
export type Queryable = {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
}

/** A pool, for work that needs transactions. */
export type Pool = Queryable & {
  connect(): Promise<Queryable & { release(error?: boolean): void }>
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** `schema.table` as declared, each part quoted. */
export function quotedTable(name: string): string {
  return name.split('.').map(quoted).join('.')
}

/** Runs `work` in a transaction on a connection of its own; a connection that broke is not given back. */
export async function inTransaction<T>(pool: Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    const rolledBack = await client.query('rollback').then(
      () => true,
      () => false,
    )
    client.release(!rolledBack)
    throw error
  }
}

/** The SQLSTATE of a driver's error. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
