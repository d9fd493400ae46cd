import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The newest signed checkpoint of a log, kept as a file outside the database, so that an older copy of the database
 * cannot be carried on from unnoticed. Replaced whole: written beside, synced, renamed, folder synced.
 */
export type CheckpointFile = { read(): string | null; write(note: string): void }

export function checkpointFile(path: string): CheckpointFile {
  return {
    read() {
      try {
        return readFileSync(path, 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }
    },
    write(note) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const beside = `${path}.new`
      const file = openSync(beside, 'w', 0o644)
      try {
        writeSync(file, note)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(beside, path)
      const folder = openSync(dirname(path), 'r')
      try {
        fsyncSync(folder)
      } finally {
        closeSync(folder)
      }
    },
  }
}

/** Where a log's files lie under the home: `<home>/ledger/<organisation>/<log>/`. */
export function logFolder(home: string, organisation: string, log: string): string {
  return join(home, 'ledger', organisation, log)
}
