import { performance } from 'node:perf_hooks'
import { listBackups } from '../repository/list-backups.ts'
import { listWal, lsnNumber, lsnText, segmentName, segmentNumber } from '../repository/wal.ts'
import { openReplication, type Replication, serverError, withClient } from './connection.ts'
import { cameBy, parseHistory } from './history.ts'
import { copyDoneMessage, isCopy, parseRow, parseWal, statusMessage } from './messages.ts'
import type { ArchiveWal } from './options.ts'
import { sealed } from './sealed.ts'
import { lookAtServer } from './server.ts'
import { ensureSlot, identify, quoted, refuseAnother, slotOf, textOf, untilReady } from './slot.ts'
import { historyPath, isThere, segmentPath } from './wal-files.ts'

/** The server ends a connection that says nothing for `wal_sender_timeout`, a minute if nobody changed it. */
const statusEvery = 10_000
const patienceAtEnd = 5_000

/** Where the log is read on: a timeline, and the beginning of a segment. */
type Place = { readonly timeline: number; readonly at: number }

/**
 * Streams the write-ahead log from the source's slot into the repository, segment by segment, until it is told to stop. What
 * is told to the server as received is durably in the target, so that it keeps all else: after a crash of this process, of
 * the server or of the way between them the next call goes on where the repository ends. One call at a time for a slot.
 * Holds two segments in memory. Throws `server-*`, `slot-taken`, `another-server`, and what the target throws.
 */
export async function archiveWal(options: ArchiveWal): Promise<void> {
  const { url, source, repository, signal } = options
  if (signal.aborted) return
  const { walSegmentBytes } = await lookAtServer(url)
  const { backups } = await listBackups(repository, source)
  const replication = await openReplication(url)
  const slot = slotOf(options)
  try {
    const identity = await identify(replication)
    refuseAnother(source, backups, identity)
    const kept = await ensureSlot(replication, slot)
    const oldest: Place = { timeline: kept.timeline, at: lsnNumber(kept.restartLsn) }
    const archived = await whereArchived(options, walSegmentBytes)
    let place: Place | null = await whereToGoOn(options, replication, archived, oldest, walSegmentBytes)
    if (place.timeline > 1) await keepHistory(options, replication, place.timeline)
    while (place !== null && !signal.aborted)
      place = await streamTimeline(options, replication, slot, place, oldest, walSegmentBytes)
  } catch (error) {
    throw serverError(url, error, slot)
  } finally {
    replication.close()
  }
}

const beginOf = ({ timeline, at }: Place, segmentBytes: number): Place => ({
  timeline,
  at: Math.floor(at / segmentBytes) * segmentBytes,
})

/** After the last segment of the newest timeline in the repository; null where there is none. */
async function whereArchived(
  { repository, source }: ArchiveWal,
  segmentBytes: number,
): Promise<Place | null> {
  const name = (await listWal(repository, source)).segments.at(-1)?.name
  if (name === undefined) return null
  return {
    timeline: Number.parseInt(name.slice(0, 8), 16),
    at: (segmentNumber(name, segmentBytes) + 1) * segmentBytes,
  }
}

/** After what is archived; where the server never was there, from what it has, and there is a gap. */
async function whereToGoOn(
  options: ArchiveWal,
  replication: Replication,
  archived: Place | null,
  oldest: Place,
  segmentBytes: number,
): Promise<Place> {
  const begin = beginOf(oldest, segmentBytes)
  if (archived === null) return begin
  const { timeline } = await identify(replication)
  const history = timeline > 1 ? parseHistory(await historyOf(replication, timeline)) : []
  if (cameBy(archived, { timeline, history })) return archived
  const nameAt = (place: Place) => segmentName(place.timeline, place.at / segmentBytes, segmentBytes)
  options.report?.({ kind: 'gap', from: nameAt(archived), to: nameAt(begin) })
  return begin
}

async function historyOf(replication: Replication, timeline: number): Promise<string> {
  const [row] = await replication.query(`TIMELINE_HISTORY ${timeline}`)
  return textOf(row, 'content')
}

/** The history of a timeline, without which a restore cannot follow it. */
async function keepHistory(
  { repository, source, recipients }: ArchiveWal,
  replication: Replication,
  timeline: number,
): Promise<void> {
  const path = historyPath(source, timeline)
  if (await isThere(repository, path)) return
  await repository.target.put(path, sealed(recipients, [Buffer.from(await historyOf(replication, timeline))]))
}

/** Streams one timeline. Returns where the next one begins; null where it was told to stop. */
async function streamTimeline(
  options: ArchiveWal,
  replication: Replication,
  slot: string,
  from: Place,
  oldest: Place,
  segmentBytes: number,
): Promise<Place | null> {
  const { timeline } = from
  const now = options.now ?? Date.now
  const until = options.until === undefined ? Number.POSITIVE_INFINITY : lsnNumber(options.until)
  const nameAt = (at: number) => segmentName(timeline, Math.floor(at / segmentBytes), segmentBytes)
  /** Received up to here; durable up to there. */
  let received = from.at
  let durable = from.at
  if (durable >= until) return null
  let segment: Buffer[] = []
  let begunAt = 0
  let putting: Promise<void> = Promise.resolve()
  let failure: unknown
  let stopping = false

  const tell = () => replication.send(statusMessage(received, durable, now()))
  const stop = () => {
    if (stopping) return
    stopping = true
    tell()
    replication.send(copyDoneMessage)
    setTimeout(replication.close, patienceAtEnd).unref()
  }

  async function put(at: number, content: readonly Buffer[]): Promise<void> {
    const name = nameAt(at)
    const { bytes } = await options.repository.target.put(
      segmentPath(options.source, name),
      sealed(options.recipients, content),
    )
    durable = at + segmentBytes
    tell()
    options.report?.({ kind: 'archived', segment: name, lsn: lsnText(durable), bytes })
    if (durable >= until) stop()
  }

  /** One is put away while the next one comes in; if that is full first, the server waits. */
  async function take(bytes: Buffer): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      const room = segmentBytes - (received % segmentBytes)
      const part = rest.subarray(0, room)
      if (segment.length === 0) begunAt = performance.now()
      segment.push(Buffer.from(part))
      received += part.length
      rest = rest.subarray(part.length)
      if (part.length < room) return
      const [at, full] = [received - segmentBytes, segment]
      segment = []
      await putting
      putting = put(at, full)
      putting.catch((error: unknown) => {
        failure = error
        replication.close()
      })
    }
  }

  const beat = setInterval(
    () => {
      tell()
      const { switchAfter } = options
      if (switchAfter !== undefined && segment.length > 0 && performance.now() - begunAt >= switchAfter) {
        begunAt = performance.now()
        endSegment(options.url)
      }
    },
    Math.min(statusEvery, options.switchAfter ?? statusEvery),
  )
  const onAbort = () => stop()

  try {
    replication.start(
      `START_REPLICATION SLOT ${quoted(slot)} PHYSICAL ${lsnText(from.at)} TIMELINE ${timeline}`,
    )
    const opening = await replication.next()
    if (!isCopy(opening) && opening.type === 'W') {
      options.report?.({ kind: 'streaming', lsn: lsnText(from.at), slot })
      options.signal.addEventListener('abort', onAbort)
      if (options.signal.aborted) stop()
      tell()
      for (;;) {
        const message = await replication.next()
        if (!isCopy(message)) {
          if (message.type === 'c') break
          continue
        }
        if (stopping) continue
        const told = parseWal(message)
        if (told.kind === 'alive') {
          if (told.end <= durable) options.report?.({ kind: 'caught-up', lsn: lsnText(durable) })
          continue
        }
        if (told.kind === 'data' && told.lsn !== received)
          throw new Error(`the log went on at ${lsnText(told.lsn)}, not at ${lsnText(received)}`)
        await take(told.bytes)
      }
      await putting
      if (!stopping) replication.send(copyDoneMessage)
    }
    const next = await endOfTimeline(replication)
    return stopping || next === null ? null : await follow(options, replication, next, segmentBytes)
  } catch (error) {
    if (failure !== undefined) throw failure
    if (stopping) {
      await putting
      return null
    }
    if (isGone(error) && received === from.at && oldest.at > from.at) {
      const after = beginOf(oldest, segmentBytes)
      options.report?.({
        kind: 'gap',
        from: nameAt(from.at),
        to: segmentName(after.timeline, after.at / segmentBytes, segmentBytes),
      })
      await untilReady(replication)
      return after
    }
    throw error
  } finally {
    clearInterval(beat)
    options.signal.removeEventListener('abort', onAbort)
  }
}

/** 58P01: the server has removed the segment that was asked for. */
const isGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === '58P01'

type Next = { readonly timeline: number; readonly lsn: string }

/**
 * What follows the end of copying, or comes instead of it where nothing is left of a timeline: where the server goes on, if it
 * has left the timeline. One row, of the next timeline and where that begins.
 */
async function endOfTimeline(replication: Replication): Promise<Next | null> {
  let next: Next | null = null
  for (;;) {
    const message = await replication.next()
    if (isCopy(message)) continue
    if (message.type === 'Z') return next
    if (message.type !== 'D') continue
    const [timeline, lsn] = parseRow(message.body)
    if (typeof timeline === 'string' && typeof lsn === 'string') next = { timeline: Number(timeline), lsn }
  }
}

/** The segment in which a timeline was left is in the next one whole, with what came before. */
async function follow(
  options: ArchiveWal,
  replication: Replication,
  { timeline, lsn }: Next,
  segmentBytes: number,
): Promise<Place> {
  await keepHistory(options, replication, timeline)
  return beginOf({ timeline, at: lsnNumber(lsn) }, segmentBytes)
}

/** Where the role may not do that, segments end when they are full. */
function endSegment(url: string): void {
  withClient(url, (client) => client.query('select pg_switch_wal()')).catch(() => {})
}
