import { lsnNumber } from '../repository/wal.ts'

/** A timeline that a server has left, and where (timeline history file: `1\t0/3000000\twhy`). */
export type LeftTimeline = { readonly timeline: number; readonly at: number }

export function parseHistory(text: string): readonly LeftTimeline[] {
  return text.split('\n').flatMap((line) => {
    const [, timeline, lsn] = /^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/i.exec(line) ?? []
    return timeline === undefined || lsn === undefined
      ? []
      : [{ timeline: Number(timeline), at: lsnNumber(lsn) }]
  })
}

/**
 * Whether a server came by a place: it is on its timeline, or on one that it left no earlier. One that was restored to an earlier
 * moment has gone another way since.
 */
export function cameBy(
  place: LeftTimeline,
  { timeline, history }: { readonly timeline: number; readonly history: readonly LeftTimeline[] },
): boolean {
  return (
    place.timeline === timeline ||
    history.some((left) => left.timeline === place.timeline && place.at <= left.at)
  )
}
