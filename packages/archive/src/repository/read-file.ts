import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { BackupRecord } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import { filePath } from './layout.ts'
import type { Repository } from './repository.ts'

/**
 * A file of a backup, as it lies there: encrypted. Its size and digest are compared with `backup.json` as it goes by, and
 * the stream errors with `backup-changed` at its end where they differ. Throws `file-missing`, `backup-changed` where the
 * backup has no such file.
 */
export async function openBackupFile(
  { target }: Repository,
  backup: BackupRecord,
  name: string,
  signal?: AbortSignal,
): Promise<Readable> {
  const path = filePath(backup, name)
  const expected = backup.files.find((file) => file.name === name)
  if (expected === undefined)
    throw new ArchiveError('backup-changed', { path, expected: 'a file in backup.json', found: 'none' })
  const content = await target.get(path, signal)
  const bytes = Readable.from(compared(content, path, expected), {
    objectMode: false,
    highWaterMark: 1 << 20,
  })
  // One that is let go of before it was read has not begun to read the other.
  return bytes.once('close', () => content.destroy())
}

async function* compared(
  content: Readable,
  path: string,
  expected: { readonly bytes: number; readonly sha256: string },
) {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content) {
    hash.update(chunk)
    bytes += chunk.length
    yield chunk
  }
  const sha256 = hash.digest('hex')
  if (bytes !== expected.bytes)
    throw new ArchiveError('backup-changed', {
      path,
      expected: `${expected.bytes} bytes`,
      found: `${bytes} bytes`,
    })
  if (sha256 !== expected.sha256)
    throw new ArchiveError('backup-changed', { path, expected: `sha256 ${expected.sha256}`, found: sha256 })
}
