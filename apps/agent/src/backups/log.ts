import {
  isAge,
  type LogState,
  listWal,
  type Repository,
  restorableSpans,
  type WalSegment,
  walGaps,
} from '@hevd/archive'
import type { backupLogs, ValueOf } from '@hevd/facts'
import type { RememberedPlan } from './memory.ts'
import type { Recorded } from './records.ts'

type Log = Omit<ValueOf<typeof backupLogs>, 'plan' | 'host'>

/** Pieces whose headers are looked at in one look; the next look goes on after them. */
const piecesAtOnce = 20
const shown = 5

/** How far a database's log is put away, with what is remembered for the next look. */
export async function lookAtLog(
  repository: Repository,
  source: string,
  records: readonly Recorded[],
  claimed: LogState | undefined,
  before: RememberedPlan,
  signal: AbortSignal,
): Promise<{ readonly log: Log; readonly memory: Pick<RememberedPlan, 'piece' | 'plain'> }> {
  const wal = await listWal(repository, source)
  const backups = records.map(({ record }) => record)
  const spans = restorableSpans(backups, wal)
  const whole = spans.filter(({ to }) => to !== null)
  const last = whole.at(-1)
  const size = backups.find(({ postgresql }) => postgresql !== null)?.postgresql?.walSegmentBytes
  const gaps = size === undefined ? [] : walGaps(wal, size)
  // A backup that cannot be restored at all lacks the log it was made with.
  const torn = spans.filter(({ to }) => to === null).map(({ fromLsn }) => fromLsn)
  const open = [...gaps.map(({ from }) => from), ...torn]
  const { piece, plain } = await lookAtPieces(repository, wal.segments, before, signal)
  const until =
    last === undefined ? null : Math.max(last.to ?? 0, isPutAway(claimed, last.toLsn) ? claimed.at : 0)
  return {
    log: {
      from: until === null ? null : Math.min(...whole.map(({ from }) => from)),
      until,
      firstGap: open[0] ?? null,
      gaps: open.length,
      plain: plain.slice(0, shown),
      plainCount: plain.length,
    },
    memory: { piece, plain },
  }
}

/** Whether what the program that archives says it has put away lies there: an idle server writes no new piece. */
function isPutAway(claimed: LogState | undefined, until: string | null): claimed is LogState {
  return claimed !== undefined && until !== null && positionOf(claimed.lsn) <= positionOf(until)
}

/** `16/B374D848` as a number. */
function positionOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

async function lookAtPieces(
  { target }: Repository,
  pieces: readonly WalSegment[],
  { piece, plain }: RememberedPlan,
  signal: AbortSignal,
): Promise<Pick<RememberedPlan, 'piece' | 'plain'>> {
  const after = pieces.filter(({ name }) => name > piece)
  const turn = [...after, ...pieces.filter(({ name }) => name <= piece)].slice(0, piecesAtOnce)
  const found = new Set(plain.filter((name) => pieces.some((one) => one.name === name)))
  for (const { name, path } of turn) {
    if (await beginsAsAge(await target.get(path, signal))) found.delete(name)
    else found.add(name)
  }
  return { piece: turn.at(-1)?.name ?? '', plain: [...found].sort() }
}

async function beginsAsAge(content: AsyncIterable<Uint8Array> & { destroy(): void }): Promise<boolean> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of content) {
      chunks.push(chunk)
      if (chunks.reduce((sum, { length }) => sum + length, 0) >= 64) break
    }
    return isAge(Buffer.concat(chunks))
  } finally {
    content.destroy()
  }
}
