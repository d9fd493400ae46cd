import { type Duration, type Instant, minus, type TimeZone } from '@hevd/core'
import type { BackupRecord } from '../backup.ts'
import { backupFolder, markerPath } from '../repository/layout.ts'
import { listBackups } from '../repository/list-backups.ts'
import type { Repository } from '../repository/repository.ts'
import { openRepository } from '../repository/repository.ts'
import { listWal, lsnNumber, segmentNumber, type WalSegment } from '../repository/wal.ts'
import { type KeepRules, type Sorted, sortByRules } from './rules.ts'

export type Pruned = Sorted & { readonly wal: readonly WalSegment[] }

/**
 * Removes what the rules leave no reason to keep, oldest last needed first: children before what they need, and of each its
 * marker before its files, so that what is left when this is broken off is unfinished and never looks whole. Then the WAL
 * that no kept backup of a server can start from. The minimum is read anew from the repository.
 * @param minimum another promise, as the policy's; the longer of the two binds
 * @returns what was removed; with `dryRun`, what would be
 */
export async function prune(
  repository: Repository,
  source: string,
  rules: KeepRules | null,
  {
    now,
    zone,
    minimum = null,
    dryRun = false,
  }: {
    readonly now: Instant
    readonly zone: TimeZone
    readonly minimum?: Duration | null
    readonly dryRun?: boolean
  },
): Promise<Pruned> {
  const { keepAtLeast } = await openRepository(repository.target)
  const { backups, damaged } = await listBackups(repository, source)
  const minima = minimum === null ? [keepAtLeast] : [keepAtLeast, minimum]
  const sorted = sortByRules(backups, rules, minima, now, zone)
  // Where a marker cannot be read nobody knows what its backup needs.
  const removed = damaged.length > 0 ? [] : sorted.removed
  const kept = sorted.kept.map(({ backup }) => backup)
  const oldest = (segment: WalSegment) => minima.every((each) => segment.writtenAt <= minus(now, each, zone))
  const wal =
    rules === null || damaged.length > 0
      ? []
      : walNotNeeded(kept, (await listWal(repository, source)).segments).filter(oldest)
  if (!dryRun) {
    for (const backup of removed) await removeBackup(repository, backup)
    for (const { path } of wal) await repository.target.remove(path)
  }
  return { kept: sorted.kept, removed, wal }
}

/** The segments before the first that the oldest full backup of theirs starts from; none where there is no backup. */
export function walNotNeeded(
  kept: readonly BackupRecord[],
  segments: readonly WalSegment[],
): readonly WalSegment[] {
  const starts = kept.flatMap(({ kind, postgresql }) =>
    kind === 'full' && postgresql !== null ? [postgresql] : [],
  )
  if (starts.length === 0) return []
  return segments.filter(({ name }) =>
    starts.every(
      ({ startLsn, walSegmentBytes }) =>
        segmentNumber(name, walSegmentBytes) < Math.floor(lsnNumber(startLsn) / walSegmentBytes),
    ),
  )
}

/**
 * Removes what unfinished backups have left that nobody has written to since `before`: broken off, or half removed.
 * @returns their ids
 */
export async function sweep(
  repository: Repository,
  source: string,
  before: Instant,
): Promise<readonly string[]> {
  const { unfinished } = await listBackups(repository, source)
  const old = unfinished.filter(({ lastWrittenAt }) => lastWrittenAt < before)
  for (const { files } of old) for (const path of files) await repository.target.remove(path)
  return old.map(({ id }) => id)
}

async function removeBackup({ target }: Repository, { source, id }: BackupRecord): Promise<void> {
  await target.remove(markerPath(source, id))
  const paths = []
  for await (const { path } of target.list(backupFolder(source, id))) paths.push(path)
  for (const path of paths) await target.remove(path)
}
