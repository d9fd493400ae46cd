import type { Bilingual, Coverage, Duration, Instant } from '@hevd/core'
import type { Said } from '@hevd/facts'

/**
 * What one collector says since it last spoke, as `POST /api/agent/reports` takes it. The contract is that of the
 * server's feeds; a test there and here speaks it over HTTP.
 */
export type Report = {
  readonly collector: string
  readonly title: Bilingual
  readonly interval: Duration
  readonly kind: 'full' | 'difference'
  /** A `full` may start anywhere, a `difference` follows its predecessor by one. */
  readonly sequence: number
  readonly put: readonly Said[]
  readonly gone: readonly { readonly type: string; readonly key: string }[]
  /** Null when coverage is as last said. */
  readonly coverage: readonly Coverage[] | null
  /** Digest of all that the collector says after this word (`digestOfFacts`). */
  readonly digest: string
  readonly observedAt: Instant
}

/** The answer to each report, in order. `wants-full`: a gap or another digest; the next one must be full. */
export type Answer = {
  readonly collector: string
  readonly state: 'taken' | 'wants-full' | 'refused'
  readonly why: string
}
