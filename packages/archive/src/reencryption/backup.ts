import { z } from 'zod'
import { decrypt, encrypt } from '../age/stream.ts'
import { type BackupRecord, backupRecord } from '../backup.ts'
import { backupFolder, filePath, markerPath } from '../repository/layout.ts'
import { openBackupFile } from '../repository/read-file.ts'
import { type Repository, readJson } from '../repository/repository.ts'
import { putDigested } from '../repository/write-backup.ts'
import type { Reencrypt } from './reencrypt.ts'

/** What is done of a backup: `r<generation>/reencryption.json`, there until the backup has changed over. */
const progressOf = z.object({ recipients: z.array(z.string()), files: backupRecord.shape.files })
const progressFile = 'reencryption.json'

/** @returns whether it was not yet for these recipients */
export async function reencryptBackup(
  repository: Repository,
  backup: BackupRecord,
  options: Reencrypt,
  progress: (bytes: number) => void,
): Promise<boolean> {
  const isDone = isSame(backup.recipients, options.recipients)
  const next = isDone ? backup : await changedOver(repository, backup, options, progress)
  await removeOthers(repository, next)
  return !isDone
}

/** Writes all files anew, beside those that are there, and then the record that names them. */
async function changedOver(
  repository: Repository,
  backup: BackupRecord,
  { identities, recipients, signal }: Reencrypt,
  progress: (bytes: number) => void,
): Promise<BackupRecord> {
  const { target } = repository
  const next = { ...backup, generation: backup.generation + 1, recipients: [...recipients] }
  const progressPath = filePath(next, progressFile)
  const before = await readJson(target, progressPath, progressOf)
  const files = before !== null && isSame(before.recipients, recipients) ? before.files : []
  for (const { name, bytes } of backup.files) {
    if (!files.some((file) => file.name === name)) {
      const file = await openBackupFile(repository, backup, name, signal)
      try {
        const content = encrypt(recipients, decrypt(identities, file, filePath(backup, name)))
        files.push({ name, ...(await putDigested(repository, filePath(next, name), content, signal)) })
      } finally {
        file.destroy()
      }
      await target.put(progressPath, [Buffer.from(JSON.stringify({ recipients, files }))])
    }
    progress(bytes)
  }
  const record = backupRecord.parse({ ...next, files })
  await target.put(markerPath(backup.source, backup.id), [Buffer.from(`${JSON.stringify(record)}\n`)])
  return record
}

/** Removes what lies beside a backup that is not of it: the files of former recipients. */
async function removeOthers({ target }: Repository, backup: BackupRecord): Promise<void> {
  const { source, id, files } = backup
  const own = new Set([markerPath(source, id), ...files.map(({ name }) => filePath(backup, name))])
  const others: string[] = []
  for await (const { path } of target.list(backupFolder(source, id))) if (!own.has(path)) others.push(path)
  for (const path of others) await target.remove(path)
}

export function isSame(some: readonly string[], others: readonly string[]): boolean {
  const [left, right] = [new Set(some), new Set(others)]
  return left.size === right.size && [...left].every((one) => right.has(one))
}
