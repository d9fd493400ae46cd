import { mkdirSync, readFileSync } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { LedgerError } from './errors.ts'

/**
 * The newest signed checkpoint of a log, kept as a file outside the database, so that an older copy of the database
 * cannot be carried on from unnoticed. Replaced whole and never by an older one, also by several processes at once.
 */
export type CheckpointFile = {
  read(): string | null
  /**
   * Sees to it that there is room on the disk for the next checkpoint, before anything is acknowledged that needs one.
   * Throws `checkpoint-not-kept`.
   */
  reserve(): Promise<void>
  /** Keeps `note` unless the one that is there covers as much or more. On disk when it resolves. Throws `checkpoint-not-kept`. */
  keep(note: string): Promise<void>
  close(): void
}

/** Bytes that are kept free: a signed checkpoint has some hundred. */
const room = 4096
const sqliteBusy = 5

/** @param sizeOf entries that a note covers */
export function checkpointFile(path: string, sizeOf: (note: string) => number): CheckpointFile {
  const spare = `${path}.spare`
  let lock: DatabaseSync | null = null
  let reserved = false

  const read = () => {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  }

  /** One process at a time: a lock of the kernel, which Node reaches through SQLite alone, and which ends with the process. */
  async function locked<T>(run: () => Promise<T>): Promise<T> {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      lock ??= new DatabaseSync(`${path}.lock`, { timeout: 0 })
      while (!took(lock)) await sleep(2)
      try {
        return await run()
      } finally {
        lock.exec('rollback')
      }
    } catch (error) {
      reserved = false
      const reason = error instanceof Error ? error.message : String(error)
      throw new LedgerError('checkpoint-not-kept', { path, reason }, error)
    }
  }

  async function makeRoom(): Promise<void> {
    const found = await stat(spare).catch(() => null)
    if (found === null || found.size < room) await write(spare, Buffer.alloc(room))
    reserved = true
  }

  return {
    read,
    async reserve() {
      if (!reserved) await locked(makeRoom)
    },
    keep: (note) =>
      locked(async () => {
        const kept = read()
        if (kept !== null && sizeOf(kept) >= sizeOf(note)) return
        await makeRoom()
        await write(spare, Buffer.from(note, 'utf8'))
        await rename(spare, path)
        await sync(dirname(path))
        await makeRoom()
      }),
    close: () => {
      lock?.close()
      lock = null
    },
  }
}

/** The table is there because SQLite writes into an empty file before it locks it, which a full disk does not allow. */
function took(lock: DatabaseSync): boolean {
  try {
    lock.exec('pragma journal_mode = memory; create table if not exists held (by text); begin exclusive')
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return false
    throw error
  }
}

/** Into the blocks that the file has already, where it has some. */
async function write(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'a').then(async (made) => {
    await made.close()
    return open(path, 'r+')
  })
  try {
    await file.write(content, 0, content.length, 0)
    await file.truncate(content.length)
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function sync(folder: string): Promise<void> {
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

/** Where a log's files lie under the home: `<home>/ledger/<organisation>/<log>/`. */
export function logFolder(home: string, organisation: string, log: string): string {
  return join(home, 'ledger', organisation, log)
}
