import { createHash } from 'node:crypto'
import type { Instant } from '@hevd/core'
import { type BackupRecord, backupRecord } from '../backup.ts'
import { backupFolder, backupId, filePath, markerPath } from './layout.ts'
import type { Repository } from './repository.ts'

export type WrittenFile = BackupRecord['files'][number]

/** A backup that is being made. Until `commit` it does not exist, and a later `sweep` removes what there is of it. */
export type BackupWriter = {
  readonly id: string
  /** Writes a file, already encrypted, under a name of the layout such as `base.tar.zst.age`. */
  put(name: string, content: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<WrittenFile>
  /** Writes `backup.json`, with all that was put. */
  commit(outcome: BackupOutcome): Promise<BackupRecord>
}

export type BackupBegun = Pick<BackupRecord, 'source' | 'of' | 'kind' | 'parent' | 'host' | 'startedAt'>
export type BackupOutcome = Pick<BackupRecord, 'contentBytes' | 'recipients' | 'postgresql'> & {
  readonly endedAt: Instant
  readonly missed?: number
  readonly torn?: number
}

/** Begins a backup. Its id is of `startedAt`, or of the first second after it that no other backup of the source has. */
export async function beginBackup(repository: Repository, begun: BackupBegun): Promise<BackupWriter> {
  const { target } = repository
  const id = await freeId(repository, begun)
  const files: WrittenFile[] = []
  return {
    id,
    async put(name, content, signal) {
      const written = {
        name,
        ...(await putDigested(repository, filePath({ ...begun, id, generation: 0 }, name), content, signal)),
      }
      files.push(written)
      return written
    },
    async commit(outcome) {
      const record = backupRecord.parse({ format: 1, id, ...begun, ...outcome, files })
      await target.put(markerPath(begun.source, id), [Buffer.from(`${JSON.stringify(record)}\n`)])
      return record
    },
  }
}

/** Puts a file and tells its size and SHA-256 as it went by. */
export async function putDigested(
  { target }: Repository,
  path: string,
  content: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  async function* seen() {
    for await (const chunk of content) {
      hash.update(chunk)
      yield chunk
    }
  }
  const { bytes } = await target.put(path, seen(), signal)
  return { bytes, sha256: hash.digest('hex') }
}

async function freeId({ target }: Repository, { source, kind, startedAt }: BackupBegun): Promise<string> {
  for (let moment = startedAt; ; moment += 1000) {
    const id = backupId(moment, kind)
    const [taken] = await Array.fromAsync(firstOf(target.list(backupFolder(source, id))))
    if (taken === undefined) return id
  }
}

async function* firstOf<T>(all: AsyncIterable<T>) {
  for await (const one of all) {
    yield one
    return
  }
}
