import type { Progress } from '../backup.ts'
import { listBackups } from '../repository/list-backups.ts'
import type { Repository } from '../repository/repository.ts'
import { reencryptBackup } from './backup.ts'
import { reencryptWal } from './wal.ts'

export type Reencrypt = {
  /** `AGE-SECRET-KEY-1…`: between them they can read everything of the source that is not yet for the new recipients. */
  readonly identities: readonly string[]
  /** `age1…`, at least one: these alone can read it afterwards. */
  readonly recipients: readonly string[]
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

/**
 * Encrypts all of a source to other recipients, each file under a new key, and removes what the former ones could read. Goes
 * on where it was broken off. A backup changes over in one step, when all its files are there anew; a segment of WAL by
 * itself. Both are for the former recipients until then. The plan should have the new recipients already, or what is made
 * meanwhile is for the old ones.
 *
 * What a store keeps of replaced objects (versions, Object Lock), and copies that others took, the former recipients can
 * still read.
 * @returns how many backups and segments of WAL were changed
 * Throws `identity-not-fitting` where the identities cannot read something, after all else is done; `repository-not-valid`
 * for a backup whose record cannot be read, likewise; `backup-changed`, `file-damaged`.
 */
export async function reencrypt(
  repository: Repository,
  source: string,
  options: Reencrypt,
): Promise<{ readonly backups: number; readonly wal: number }> {
  const { backups, damaged } = await listBackups(repository, source)
  const total = backups.flatMap(({ files }) => files).reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  let changed = 0
  for (const backup of backups) {
    const told = (bytes: number) => {
      done += bytes
      options.progress?.('backups', done, total)
    }
    if (await reencryptBackup(repository, backup, options, told)) changed += 1
  }
  const wal = await reencryptWal(repository, source, options)
  const [unread] = damaged
  if (unread !== undefined) throw unread.error
  return { backups: changed, wal }
}
