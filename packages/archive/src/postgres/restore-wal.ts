import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BackupRecord } from '../backup.ts'
import { ArchiveError } from '../errors.ts'
import {
  listWal,
  lsnNumber,
  segmentName,
  segmentNumber,
  type WalListing,
  type WalSegment,
} from '../repository/wal.ts'
import type { RestorePostgres, RestoreUntil } from './options.ts'
import { unsealed } from './sealed.ts'
import { historyPath } from './wal-files.ts'

type Postgresql = NonNullable<BackupRecord['postgresql']>

/**
 * The segments that a server needs to recover from a backup. Of a segment that is there on several timelines, all: the
 * server follows the histories itself.
 * @throws `wal-missing` where one is not there that is needed, or that lies before others (for `latest`)
 */
export function neededSegments(
  source: string,
  { segments }: WalListing,
  { timeline, startLsn, endLsn, walSegmentBytes }: Postgresql,
  until: RestoreUntil,
): readonly WalSegment[] {
  const placeOf = (lsn: string) => Math.floor((lsnNumber(lsn) - 1) / walSegmentBytes)
  const first = Math.floor(lsnNumber(startLsn) / walSegmentBytes)
  const byNumber = new Map<number, WalSegment[]>()
  for (const segment of segments) {
    const number = segmentNumber(segment.name, walSegmentBytes)
    if (number < first || Number.parseInt(segment.name.slice(0, 8), 16) < timeline) continue
    byNumber.set(number, [...(byNumber.get(number) ?? []), segment])
  }
  const backupEnd = placeOf(endLsn)
  const end = (): number => {
    if (until === 'backup') return backupEnd
    if (until === 'latest')
      return [...byNumber.keys()].reduce((most, number) => Math.max(most, number), backupEnd)
    if ('lsn' in until) return Math.max(backupEnd, placeOf(until.lsn))
    let last = backupEnd
    while (byNumber.has(last + 1)) last += 1
    return last
  }
  const last = end()
  const needed: WalSegment[] = []
  for (let number = first; number <= last; number += 1) {
    const found = byNumber.get(number)
    if (found === undefined)
      throw new ArchiveError('wal-missing', {
        source,
        segment: segmentName(timeline, number, walSegmentBytes),
      })
    needed.push(...found)
  }
  return needed
}

/** Puts the log beside a restored server, as the server itself names it. Returns how many segments it is. */
export async function restoreWal(
  { repository, source, identities, until, progress, signal }: RestorePostgres,
  backup: Postgresql,
  folder: string,
): Promise<number> {
  const listing = await listWal(repository, source)
  const segments = neededSegments(source, listing, backup, until)
  const write = async (path: string, name: string) => {
    const content = await repository.target.get(path, signal)
    await pipeline(
      Readable.from(unsealed(identities, content, path)),
      createWriteStream(join(folder, name), { mode: 0o600 }),
    )
  }
  for (const history of listing.histories)
    await write(historyPath(source, Number.parseInt(history, 16)), `${history}.history`)
  const total = segments.length * backup.walSegmentBytes
  for (const [index, { name, path }] of segments.entries()) {
    signal?.throwIfAborted()
    await write(path, name)
    const { size } = await stat(join(folder, name))
    if (size !== backup.walSegmentBytes)
      throw new ArchiveError('content-differs', {
        name: path,
        reason: `has ${size} bytes, not ${backup.walSegmentBytes}`,
      })
    progress?.('log', (index + 1) * backup.walSegmentBytes, total)
  }
  return segments.length
}
