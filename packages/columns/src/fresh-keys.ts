import type { Columns } from './columns.ts'
import { ColumnsError } from './errors.ts'

/** Opens; where a key is not known, another process may just have made it: once more with the keyring as it is now. */
export async function withFreshKeys<T>(columns: Columns, open: () => T): Promise<T> {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof ColumnsError) || error.code !== 'key-unknown') throw error
    await columns.refresh()
    return open()
  }
}
