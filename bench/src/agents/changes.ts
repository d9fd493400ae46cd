/** Seconds of one change: from the made host to the look that saw it, and to the verdict. */
export type Waited = {
  readonly look: number
  readonly verdict: number
  /** Whether the server, or the host's agent, was killed or starting meanwhile. */
  readonly killed: boolean
}

type Waiting = {
  readonly verdict: string
  readonly revision: number
  readonly at: number
  looked: number | null
}
type Outage = { readonly from: number; until: number }

/**
 * Follows changes of verdict, one at a time of each host: when it was made, first looked at, and found judged. All times
 * are of this machine's one clock, in milliseconds.
 */
export function followChanges() {
  const waiting = new Map<string, Waiting>()
  const waited: Waited[] = []
  const outages: (Outage & { readonly hosts: ReadonlySet<string> | null })[] = []
  return {
    waited,
    isWaiting: (host: string) => waiting.has(host),
    left: () => waiting.size,
    changed(host: string, revision: number, verdict: string): void {
      waiting.set(host, { verdict, revision, at: Date.now(), looked: null })
    },
    looked(host: string, revision: number, at: number): void {
      const one = waiting.get(host)
      if (one !== undefined && revision >= one.revision) one.looked ??= at
    },
    judged(verdicts: ReadonlyMap<string, string>): void {
      const now = Date.now()
      for (const [host, { verdict, at, looked }] of waiting) {
        if (looked === null || verdicts.get(host) !== verdict) continue
        const killed = outages.some(
          ({ hosts, from, until }) => (hosts?.has(host) ?? true) && from <= now && until >= at,
        )
        waited.push({ look: (looked - at) / 1000, verdict: (now - at) / 1000, killed })
        waiting.delete(host)
      }
    },
    /** Begins an outage of these hosts' agents, or of the server (null); until what it gives is called. */
    outage(hosts: ReadonlySet<string> | null): () => void {
      const one = { hosts, from: Date.now(), until: Number.POSITIVE_INFINITY }
      outages.push(one)
      return () => {
        one.until = Date.now()
      }
    },
  }
}

/** The smallest value that `share` of them are no larger than (nearest rank); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
