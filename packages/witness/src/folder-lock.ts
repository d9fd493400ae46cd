import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { WitnessError } from './errors.ts'

const SQLITE_BUSY = 5

/**
 * Takes the folder for this process alone, or throws `folder-in-use`. It is a lock of the kernel, which Node reaches
 * through SQLite: it ends with the process, however that ends. Returns the release.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)
      throw new WitnessError('folder-in-use', { path: folder })
    throw error
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
