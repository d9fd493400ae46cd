import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PostgresError } from './errors.ts'

/** One numbered SQL file. `checksum` is the lower-case hex SHA-256 of its bytes. */
export type MigrationFile = {
  readonly version: number
  readonly file: string
  readonly text: string
  readonly checksum: string
}

/**
 * The files `0001.sql`, `0002.sql`, … of a directory in order; other names are not migrations. Throws
 * `migration-misnumbered` where a number is missing.
 */
export async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name, index) => {
      const expected = `${String(index + 1).padStart(4, '0')}.sql`
      if (name !== expected)
        throw new PostgresError('migration-misnumbered', { directory, expected, found: name })
      const file = join(directory, name)
      const bytes = await readFile(file)
      const checksum = createHash('sha256').update(bytes).digest('hex')
      return { version: index + 1, file, text: bytes.toString('utf8'), checksum }
    }),
  )
}
