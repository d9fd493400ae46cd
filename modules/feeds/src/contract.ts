import { bilingual, instant } from '@hevd/http'
import { z } from 'zod'

/** What one feed says since it was last heard: all it sees (`full`) or what changed (`difference`). */
export const report = z.object({
  /** Collector, such as `sockets`; the feed's name is `<host>/<collector>`. */
  collector: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: bilingual,
  /** ISO 8601; the feed is silent after three of them without a word. */
  interval: z.string(),
  kind: z.enum(['full', 'difference']),
  /** Number of this word; a `full` may start anywhere, a `difference` follows its predecessor by one. */
  sequence: z.int().positive(),
  put: z.array(z.object({ type: z.string(), value: z.unknown() })),
  gone: z.array(z.object({ type: z.string(), key: z.string() })),
  /** Null when coverage is as last said. */
  coverage: z
    .array(
      z.object({
        type: z.string(),
        scope: z.string(),
        state: z.enum(['complete', 'needs-right', 'failed', 'partial']),
        detail: z.string(),
      }),
    )
    .nullable(),
  /** Digest of the whole after this word (`digestOfFacts` in @hevd/facts), hex. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  observedAt: instant,
})
export type Report = z.infer<typeof report>

/** The answer to each report, in order. `wants-full`: a gap or another digest; the next one must be full. */
export const answer = z.object({
  collector: z.string(),
  state: z.enum(['taken', 'wants-full', 'refused']),
  why: z.string(),
})
export type Answer = z.infer<typeof answer>

/** `POST /api/agent/reports`: what an agent says, and the answers. */
export const reporting = z.object({ version: z.string().max(100), reports: z.array(report).max(1000) })
export const reported = z.object({ answers: z.array(answer) })

/** One feed as people see it. */
export const feed = z.object({
  name: z.string(),
  title: bilingual,
  kind: z.enum(['agent', 'register']),
  /** Host it looks at; null for a register. */
  host: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: z.enum(['fresh', 'silent', 'never-connected']),
  interval: z.string().nullable(),
  firstHeardAt: instant.nullable(),
  lastHeardAt: instant.nullable(),
  /** When it counts as silent unless it is heard before; null for a register. */
  silentAt: instant.nullable(),
  facts: z.int(),
  /** What it could not see whole, with why and the remedy. */
  gaps: z.array(
    z.object({
      type: z.string(),
      scope: z.string(),
      state: z.enum(['needs-right', 'failed', 'partial']),
      detail: z.string(),
      remedy: bilingual,
      since: instant,
    }),
  ),
  /** Why its last report was refused; null once one is taken. `text` is the English of `words`. */
  lastError: z.object({ at: instant, text: z.string(), words: bilingual, remedy: bilingual }).nullable(),
})
export type Feed = z.infer<typeof feed>
