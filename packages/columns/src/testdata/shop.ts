import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import { type Columns, type ColumnsOptions, openColumns } from '../columns.ts'
import type { Tables } from '../declare.ts'
import { prepareColumns } from '../keys/keyring.ts'
import { localKeyFile, makeKeyFile } from '../keys/local-key-file.ts'
import type { KeyProvider } from '../keys/provider.ts'

/** A database of its own with a pool as its owner, and a key file. */
export type Shop = {
  readonly pool: pg.Pool
  readonly url: string
  readonly keyFile: string
  readonly provider: KeyProvider
  /** Prepares the keyring and opens the columns; closed with the shop. */
  open<const T extends Tables>(tables: T, options?: Partial<ColumnsOptions<T>>): Promise<Columns<T>>
  close(): Promise<void>
}

export async function openShop(schema: string): Promise<Shop> {
  const database = await throwawayDatabase()
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 4 })
  pool.on('error', () => {})
  await pool.query(schema)
  const folder = mkdtempSync(join(tmpdir(), 'hevd-columns-'))
  const keyFile = join(folder, 'root.key')
  await makeKeyFile(keyFile)
  const provider = localKeyFile(keyFile)
  const opened: Columns[] = []
  return {
    pool,
    url: database.ownerUrl,
    keyFile,
    provider,
    async open<const T extends Tables>(tables: T, options: Partial<ColumnsOptions<T>> = {}) {
      await prepareColumns({ database: pool, provider, tables })
      const columns = await openColumns<T>({ database: pool, provider, tables, ...options })
      opened.push(columns)
      return columns
    },
    async close() {
      for (const columns of opened) columns.close()
      await pool.end()
      await database.drop()
      rmSync(folder, { recursive: true })
    },
  }
}
