import { dirname } from 'node:path/posix'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BackupRecord } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import { listBackups } from '../repository/list-backups.ts'
import { lsnNumber } from '../repository/wal.ts'
import { beginBackup } from '../repository/write-backup.ts'
import { frameBytes } from '../zstd.ts'
import { archiveWal } from './archive-wal.ts'
import { type BaseBackup, type BasePart, baseBackup } from './base-backup.ts'
import { blocksOf } from './blocks.ts'
import { openReplication, serverError } from './connection.ts'
import { beginLook, between, copyNeeds } from './counts.ts'
import type { BackUpPostgres } from './options.ts'
import { changingOf, restedBetween } from './rest.ts'
import { sealed } from './sealed.ts'
import { lookAtServer } from './server.ts'
import { ensureSlot, identify, refuseAnother, slotOf } from './slot.ts'
import { isThere, segmentPath, segmentsBetween } from './wal-files.ts'

const defaultLimits = { checksumUpTo: 256 * 1024 * 1024, countUpTo: 64 * 1024 * 1024 * 1024 }
const pollEvery = 500
/** How long another process that archives the same log is waited for. */
const polls = 1200

export const manifestFile = 'manifest.zst.age'
export const countsFile = 'counts.json.zst.age'
const fileOf = (part: BasePart): string => {
  if (part.kind === 'manifest') return manifestFile
  return part.kind === 'base' ? 'base.tar.zst.age' : `${part.oid}.tar.zst.age`
}

/**
 * A full backup of a PostgreSQL server, taken while it works, over its own replication protocol. Its log from the slot is
 * archived up to the backup's end (by this call, or by an `archiveWal` that runs beside it) before the backup counts as made:
 * what is committed can be restored. Rows of all tables are counted before, and after where anything was changed meanwhile, for
 * the drill.
 * Throws ArchiveError; what was begun is then not a backup, and is swept later.
 */
export async function backUpPostgres(options: BackUpPostgres): Promise<BackupRecord> {
  const { repository, source, url, recipients, host, now, signal } = options
  const { version, walSegmentBytes } = await lookAtServer(url)
  const { backups } = await listBackups(repository, source)
  const replication = await openReplication(url, signal)
  try {
    const identity = await identify(replication)
    refuseAnother(source, backups, identity)
    await ensureSlot(replication, slotOf(options))
    const startedAt = now()
    const writer = await beginBackup(repository, {
      source,
      of: 'postgresql',
      kind: 'full',
      parent: null,
      host,
      startedAt,
    })
    const limits = { ...defaultLimits, ...options.counts }
    options.progress?.('counting', 0, null)
    const begun = await changingOf(url)
    const look = await beginLook(url, limits, 'as-it-begins')
    let contentBytes = 0
    const blocks = blocksOf(frameBytes)
    const copying = baseBackup(
      replication,
      `hevd ${writer.id}`,
      async (part) => {
        await writer.put(fileOf(part), sealed(recipients, counted(part.content), blocks.giveBack), signal)
      },
      (done, total) => options.progress?.('copying', done, total),
      blocks,
    )
    copying.catch(look.close)
    const [base, before] = await both(copying, look.read())
    async function* counted(content: AsyncIterable<Uint8Array>) {
      for await (const chunk of content) {
        contentBytes += chunk.length
        yield chunk
      }
    }
    const countAgain = async () => {
      if (restedBetween(begun, await changingOf(url))) return before
      options.progress?.('counting', 0, null)
      return (await beginLook(url, limits, 'as-it-ends')).read()
    }
    const counting = countAgain().finally(() => options.progress?.('archiving', 0, null))
    const [after] = await both(counting, archiveThrough(options, base, walSegmentBytes))
    const counts = { format: 1, ...(await copyNeeds(url)), ...between(before, after) }
    await writer.put(countsFile, sealed(recipients, [Buffer.from(JSON.stringify(counts))]), signal)
    signal?.throwIfAborted()
    const { timeline, startLsn, endLsn } = base
    const { systemIdentifier } = identity
    const postgresql = { systemIdentifier, version, timeline, startLsn, endLsn, walSegmentBytes }
    return await writer.commit({ endedAt: now(), contentBytes, recipients: [...recipients], postgresql })
  } catch (error) {
    signal?.throwIfAborted()
    throw serverError(url, error, slotOf(options))
  } finally {
    replication.close()
  }
}

/** Both, when both have ended; the first one's error before the other's. */
async function both<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<readonly [First, Second]> {
  await Promise.allSettled([first, second])
  return [await first, await second]
}

/** Waits until the log of a backup is in the repository, and puts it there where nobody else does. Throws `wal-not-archived`. */
async function archiveThrough(
  options: BackUpPostgres,
  { timeline, startLsn, endLsn }: BaseBackup,
  segmentBytes: number,
): Promise<void> {
  const { repository, source, url, recipients, slot, signal } = options
  const needed = segmentsBetween(timeline, lsnNumber(startLsn), lsnNumber(endLsn), segmentBytes)
  let [reason, reached] = ['', 0]
  const isArchived = async () => {
    while (reached < needed.length && (await isThere(repository, segmentPath(source, needed[reached] ?? ''))))
      reached += 1
    if (reached < needed.length) return false
    // Whoever put them there may not have got so far.
    for (const folder of new Set(needed.map((name) => dirname(segmentPath(source, name)))))
      await repository.target.makeDurable(folder)
    return true
  }
  for (let poll = 0; poll < polls; poll += 1) {
    if (await isArchived()) return
    try {
      await archiveWal({
        ...{ repository, source, url, recipients, until: endLsn },
        ...(slot === undefined ? {} : { slot }),
        signal: signal ?? new AbortController().signal,
      })
      signal?.throwIfAborted()
      if (await isArchived()) return
      reason = needed[reached] ?? ''
      break
    } catch (error) {
      if (!(error instanceof ArchiveError) || error.code !== 'slot-taken') throw error
      reason = error.message
      await sleep(pollEvery, undefined, signal === undefined ? {} : { signal })
    }
  }
  throw new ArchiveError('wal-not-archived', { lsn: endLsn, reason })
}
