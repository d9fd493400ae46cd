import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const bilingual = z.object({ nb: z.string(), en: z.string() })
const instant = z.number()

/** What a running agent says of itself to this host, for `hevd agent status`; nothing of it is sent. */
export const agentStatus = z.object({
  version: z.string(),
  process: z.int(),
  startedAt: instant,
  /** When this was written, and when the agent ended in order; null while it runs. */
  writtenAt: instant,
  stoppedAt: instant.nullable(),
  root: z.boolean(),
  host: z.object({ id: z.string(), name: z.string() }),
  server: z.string(),
  /** Version of the Hevd that last answered. */
  serverVersion: z.string().nullable(),
  lastContactAt: instant.nullable(),
  /** Why nothing is taken now; `words` are the server's own. */
  trouble: z.object({ code: z.string(), since: instant, words: bilingual.nullable() }).nullable(),
  waiting: z.object({ reports: z.int(), bytes: z.number(), oldest: instant.nullable() }),
  collectors: z.record(
    z.string(),
    z.object({
      lastRunAt: instant,
      /** Milliseconds that the last run took. */
      took: z.number(),
      facts: z.int(),
      gaps: z.array(
        z.object({
          type: z.string(),
          scope: z.string(),
          state: z.enum(['needs-right', 'partial', 'failed']),
          detail: z.string(),
        }),
      ),
    }),
  ),
})
export type AgentStatus = z.infer<typeof agentStatus>

const pathIn = (folder: string) => join(folder, 'status.json')

/** Null where no agent has run, or what it left cannot be read. */
export function readStatus(folder: string): AgentStatus | null {
  try {
    return agentStatus.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')))
  } catch {
    return null
  }
}

/** Whoever reads it sees a whole one. It need not survive a power cut, so it is not synced. */
export function writeStatus(folder: string, status: AgentStatus): void {
  const path = pathIn(folder)
  writeFileSync(`${path}.new`, JSON.stringify(status), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}
