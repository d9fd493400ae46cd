import type { Instant } from '@hevd/core'
import type { BackupRecord } from '../backup.ts'
import type { Made } from './due.ts'
import type { BackupsState } from './state.ts'

/**
 * What is known of a source. Backups are what the repository says; where it cannot be asked, what this host remembers. An
 * incomplete one counts: making it anew at once would find the same. One interruption is no failure of what was run, several in
 * a row are.
 *
 * @param backups null where the repository cannot be asked
 */
export function madeOf(
  source: string,
  backups: readonly Pick<BackupRecord, 'kind' | 'startedAt'>[] | null,
  { runs }: BackupsState,
): Made {
  const own = runs.filter((run) => run.source === source && run.outcome !== 'running')
  const isMade = ({ outcome }: (typeof own)[number]) => outcome === 'made' || outcome === 'incomplete'
  const there = backups ?? own.filter(isMade)
  const firstMade = own.findIndex(isMade)
  const since = firstMade === -1 ? own : own.slice(0, firstMade)
  const interrupted = since.filter(({ outcome }) => outcome === 'interrupted').length
  return {
    full: latest(there.filter(({ kind }) => kind === 'full').map(({ startedAt }) => startedAt)),
    any: latest(there.map(({ startedAt }) => startedAt)),
    failures: since.length - Math.min(1, interrupted),
    failedAt: since[0]?.endedAt ?? null,
  }
}

function latest(moments: readonly Instant[]): Instant | null {
  return moments.length === 0 ? null : Math.max(...moments)
}
