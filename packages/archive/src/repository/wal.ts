import type { Instant } from '@hevd/core'
import { z } from 'zod'
import type { BackupRecord } from '../backup.ts'
import { walFolder } from './layout.ts'
import { isWhole } from './list-backups.ts'
import { type Repository, readJson } from './repository.ts'

/** A WAL segment in the repository. `name` is PostgreSQL's: timeline, then its place, 8 and 16 hex digits. */
export type WalSegment = {
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly writtenAt: Instant
}

export type WalListing = {
  /** By timeline and place. */
  readonly segments: readonly WalSegment[]
  /** Timelines whose history file is there, as `00000002`. */
  readonly histories: readonly string[]
}

/** A run of segments that ought to be there: the first and the last of it. */
export type WalGap = { readonly from: string; readonly to: string }

/** What a backup with the WAL after it can be restored to. */
export type RestorableSpan = {
  readonly backupId: string
  /** The end of the base backup: no earlier moment can be restored from it. */
  readonly from: Instant
  /**
   * When the last segment that follows without a gap was put away: what was committed before is in it or an earlier one.
   * Equal to `from` where no WAL beyond the backup's own is there; null where not even that is, so that it cannot be
   * restored at all.
   */
  readonly to: Instant | null
  readonly fromLsn: string
  /** The end of that last segment; null with `to`. */
  readonly toLsn: string | null
}

const segmentFile = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})\.zst\.age$/
const historyFile = /^([0-9A-F]{8})\.history\.zst\.age$/

/** When segments were first put away that were written anew since: `<source>/wal/written.json`. */
const moments = z.record(z.string(), z.number())
const momentsPath = (source: string) => `${walFolder(source)}/written.json`

/** The WAL of a source; empty where there is none. */
export async function listWal({ target }: Repository, source: string): Promise<WalListing> {
  const first = (await readJson(target, momentsPath(source), moments)) ?? {}
  const segments: WalSegment[] = []
  const histories: string[] = []
  for await (const { path, bytes, modifiedAt } of target.list(walFolder(source))) {
    const file = path.slice(path.lastIndexOf('/') + 1)
    const history = historyFile.exec(file)?.[1]
    if (history !== undefined) histories.push(history)
    if (!segmentFile.test(file)) continue
    const name = file.slice(0, 24)
    segments.push({ name, path, bytes, writtenAt: Math.min(modifiedAt, first[name] ?? modifiedAt) })
  }
  return { segments: segments.sort((a, b) => (a.name < b.name ? -1 : 1)), histories: histories.sort() }
}

/**
 * Keeps when the segments were put away after which one is missing or none follows, for they are about to be written anew:
 * it is how far restoring goes.
 */
export async function keepMoments(
  { target }: Repository,
  source: string,
  { segments }: WalListing,
): Promise<void> {
  // The last of each log file is kept as well: what follows it depends on the size of segments.
  const last = segments.filter(({ name }, index) => {
    const next = segments[index + 1]?.name
    return next === undefined || BigInt(`0x${next}`) - BigInt(`0x${name}`) !== 1n
  })
  if (last.length === 0) return
  const kept = Object.fromEntries(last.map(({ name, writtenAt }) => [name, writtenAt]))
  await target.put(momentsPath(source), [Buffer.from(JSON.stringify(kept))])
}

/** Place of a segment in its timeline. @param segmentBytes a power of two, as of the server */
export function segmentNumber(name: string, segmentBytes: number): number {
  return (
    Number.parseInt(name.slice(8, 16), 16) * (2 ** 32 / segmentBytes) + Number.parseInt(name.slice(16), 16)
  )
}

export function segmentName(timeline: number, number: number, segmentBytes: number): string {
  const perLog = 2 ** 32 / segmentBytes
  return [timeline, Math.floor(number / perLog), number % perLog].map(hex8).join('')
}

/** `0/3000028` as a number; it is exact below 2^53, that is 8 PiB of WAL. */
export function lsnNumber(lsn: string): number {
  const [high = '', low = ''] = lsn.split('/')
  return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16)
}

export function lsnText(at: number): string {
  return `${Math.floor(at / 2 ** 32).toString(16)}/${(at % 2 ** 32).toString(16)}`.toUpperCase()
}

/** The segments that are missing between the first and the last of each timeline. */
export function walGaps({ segments }: WalListing, segmentBytes: number): readonly WalGap[] {
  return segments.flatMap(({ name }, index) => {
    const before = segments[index - 1]?.name
    if (before === undefined || before.slice(0, 8) !== name.slice(0, 8)) return []
    const timeline = Number.parseInt(name.slice(0, 8), 16)
    const [from, to] = [segmentNumber(before, segmentBytes) + 1, segmentNumber(name, segmentBytes) - 1]
    if (from > to) return []
    return [{ from: segmentName(timeline, from, segmentBytes), to: segmentName(timeline, to, segmentBytes) }]
  })
}

/**
 * The moments that can be restored, per whole base backup, oldest first. WAL of later timelines is followed where their
 * first segment takes over from the one before.
 */
export function restorableSpans(
  backups: readonly BackupRecord[],
  wal: WalListing,
): readonly RestorableSpan[] {
  return backups.filter(isWhole).flatMap((backup) => {
    const { postgresql } = backup
    if (postgresql === null) return []
    const { walSegmentBytes, timeline, startLsn, endLsn } = postgresql
    const there = new Map(wal.segments.map((segment) => [segment.name, segment]))
    const needed = Math.floor((lsnNumber(endLsn) - 1) / walSegmentBytes)
    let last: { readonly number: number; readonly writtenAt: Instant } | null = null
    let [line, number] = [timeline, Math.floor(lsnNumber(startLsn) / walSegmentBytes)]
    for (;;) {
      const segment = there.get(segmentName(line, number, walSegmentBytes))
      const next = segment ?? successor(there, line, number, walSegmentBytes)
      if (next === null) break
      line = Number.parseInt(next.name.slice(0, 8), 16)
      last = { number, writtenAt: next.writtenAt }
      number += 1
    }
    const whole = last !== null && last.number >= needed
    return [
      {
        backupId: backup.id,
        from: backup.endedAt,
        to: whole && last !== null ? Math.max(backup.endedAt, last.writtenAt) : null,
        fromLsn: endLsn,
        toLsn: whole && last !== null ? lsnText((last.number + 1) * walSegmentBytes) : null,
      },
    ]
  })
}

/** The segment at a place in a later timeline: after a promotion the old one's last segment goes on there. */
function successor(
  there: ReadonlyMap<string, WalSegment>,
  timeline: number,
  number: number,
  segmentBytes: number,
): WalSegment | null {
  const later = [...there.keys()]
    .map((name) => Number.parseInt(name.slice(0, 8), 16))
    .filter((line) => line > timeline)
  for (const line of [...new Set(later)].sort((a, b) => a - b)) {
    const found = there.get(segmentName(line, number, segmentBytes))
    if (found !== undefined) return found
  }
  return null
}

const hex8 = (part: number) => part.toString(16).toUpperCase().padStart(8, '0')
