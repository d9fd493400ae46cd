import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { countRecipients, takeHeader } from '../age/header.ts'
import type { BackupRecord } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import { filePath } from './layout.ts'
import type { Repository } from './repository.ts'

/** What a file of a backup is found to be, without an identity. */
export type FileState =
  /** An age file of the right size, and of the right digest where it was read. */
  | 'sound'
  | 'missing'
  | 'not-encrypted'
  /** Its header does not have as many recipients as the backup says can read it. */
  | 'recipients-differ'
  | 'size-differs'
  | 'digest-differs'

export type CheckedFile = {
  readonly name: string
  readonly path: string
  readonly state: FileState
  readonly read: 'all' | 'header'
}

/**
 * Looks at every file of a backup: whether it is there, is age, is for as many as it says, has its size, and, of those that
 * `read` chooses (all, if not given), its digest. Throws only where the target cannot be asked.
 * @param progress is told the bytes read
 */
export async function checkFiles(
  { target }: Repository,
  backup: BackupRecord,
  {
    read = () => true,
    signal,
    progress,
  }: {
    readonly read?: (file: BackupRecord['files'][number]) => boolean
    readonly signal?: AbortSignal
    readonly progress?: (bytes: number) => void
  } = {},
): Promise<readonly CheckedFile[]> {
  const folder = filePath(backup, '').slice(0, -1)
  const sizes = new Map<string, number>()
  for await (const { path, bytes } of target.list(folder)) sizes.set(path, bytes)
  const checked: CheckedFile[] = []
  for (const file of backup.files) {
    const path = filePath(backup, file.name)
    const size = sizes.get(path)
    const all = size === file.bytes && read(file)
    const found: FileState =
      size === undefined
        ? 'missing'
        : await stateOf(await target.get(path, signal), path, file, backup.recipients.length, all, progress)
    const state = found === 'sound' && size !== file.bytes ? 'size-differs' : found
    checked.push({ name: file.name, path, state, read: all ? 'all' : 'header' })
  }
  return checked
}

/** Throws `backup-changed` for the first file that is not sound. */
export function requireSound(files: readonly CheckedFile[]): void {
  for (const { path, state } of files)
    if (state !== 'sound') throw new ArchiveError('backup-changed', { path, expected: 'sound', found: state })
}

async function stateOf(
  content: Readable,
  path: string,
  { sha256 }: { readonly sha256: string },
  recipients: number,
  all: boolean,
  progress: ((bytes: number) => void) | undefined,
): Promise<FileState> {
  const hash = createHash('sha256')
  async function* seen() {
    for await (const chunk of content) {
      progress?.(chunk.length)
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    const { header, rest } = await takeHeader(seen(), path)
    if ((await countRecipients([header], path)) !== recipients) return 'recipients-differ'
    if (!all) return 'sound'
    for await (const _ of rest);
    return hash.digest('hex') === sha256 ? 'sound' : 'digest-differs'
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'not-age') return 'not-encrypted'
    if (error instanceof ArchiveError && error.code === 'file-damaged') return 'digest-differs'
    throw error
  } finally {
    content.destroy()
  }
}
