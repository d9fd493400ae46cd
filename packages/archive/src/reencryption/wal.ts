import { z } from 'zod'
import { decrypt, encrypt } from '../age/stream.ts'
import { ArchiveError } from '../errors.ts'
import { walFolder } from '../repository/layout.ts'
import { type Repository, readJson } from '../repository/repository.ts'
import { keepMoments, listWal } from '../repository/wal.ts'
import type { TargetFile } from '../target.ts'
import { isSame } from './backup.ts'
import type { Reencrypt } from './reencrypt.ts'

/** How far it has come: `<source>/wal/reencryption.json`, there until all is done. */
const progressOf = z.object({
  recipients: z.array(z.string()),
  /** When it began, by the target's clock. */
  since: z.number(),
  /** All up to this path are done, and perhaps some more. */
  upTo: z.string(),
})
type WalProgress = z.infer<typeof progressOf>
/** Files between two notes of how far it has come. */
const noteEvery = 64

/** Every file of the log by itself, in the order of their names. @returns how many were written */
export async function reencryptWal(
  repository: Repository,
  source: string,
  { identities, recipients, progress, signal }: Reencrypt,
): Promise<number> {
  const { target } = repository
  const notePath = `${walFolder(source)}/reencryption.json`
  const files = await logFiles(repository, source)
  if (files.length === 0) return 0
  const save = () => target.put(notePath, [Buffer.from(JSON.stringify(note))])
  const before = await readJson(target, notePath, progressOf)
  if (before === null) await keepMoments(repository, source, await listWal(repository, source))
  const resumed = before !== null && isSame(before.recipients, recipients)
  let note: WalProgress = resumed
    ? before
    : { recipients: [...recipients], since: Number.MAX_SAFE_INTEGER, upTo: '' }
  if (!resumed) {
    await save()
    note = { ...note, since: await writtenAt(repository, source, notePath) }
    await save()
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let [done, written] = [0, 0]
  let unreadable: unknown = null
  for (const file of files) {
    signal?.throwIfAborted()
    const { path, bytes, modifiedAt } = file
    if (path > note.upTo) {
      const content = await target.get(path, signal)
      try {
        await target.put(path, encrypt(recipients, decrypt(identities, content, path)), signal)
        written += 1
      } catch (error) {
        if (!(error instanceof ArchiveError && error.code === 'identity-not-fitting')) throw error
        // Written by an attempt that was broken off, or by the host meanwhile, for those who may read it.
        if (modifiedAt < note.since) unreadable ??= error
      } finally {
        content.destroy()
      }
      note = { ...note, upTo: path }
      if (written % noteEvery === noteEvery - 1 && unreadable === null) await save()
    }
    done += bytes
    progress?.('wal', done, total)
  }
  if (unreadable !== null) throw unreadable
  await target.remove(notePath)
  return written
}

async function logFiles({ target }: Repository, source: string): Promise<readonly TargetFile[]> {
  const files: TargetFile[] = []
  for await (const file of target.list(walFolder(source)))
    if (file.path.endsWith('.zst.age')) files.push(file)
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function writtenAt({ target }: Repository, source: string, path: string): Promise<number> {
  for await (const file of target.list(walFolder(source))) if (file.path === path) return file.modifiedAt
  throw new ArchiveError('file-missing', { target: target.name, path })
}
