import type { backups, ValueOf } from '@hevd/facts'

type Fault = ValueOf<typeof backups>['faults'][number]

/** What the files of a backup were found to be; worth nothing once its record or its files are others. */
export type RememberedBackup = {
  /** Of its record. */
  readonly digest: string
  readonly files: string
  readonly headersAt: number | null
  readonly readAt: number | null
  /** When it was last begun to read every byte. */
  readonly triedAt: number | null
  readonly faults: readonly Fault[]
}

/** What is known of a plan also while its target cannot be reached. */
export type RememberedPlan = {
  readonly system: string | null
  readonly keepAtLeast: string | null
  /** The last piece of the log whose header was looked at, and those that were no age files. */
  readonly piece: string
  readonly plain: readonly string[]
}

/** What the agent remembers of repositories from one look to the next, so that all files get their turn. */
export type BackupsMemory = {
  readonly plans: Map<string, RememberedPlan>
  /** By `<source>/<backup>`. */
  readonly backups: Map<string, RememberedBackup>
}

export const unknownPlan: RememberedPlan = { system: null, keepAtLeast: null, piece: '', plain: [] }

type Line = readonly ['plan', string, RememberedPlan] | readonly ['backup', string, RememberedBackup]

/** What {@link kept} wrote. */
export function recalled(lines: readonly string[]): BackupsMemory {
  const memory: BackupsMemory = { plans: new Map(), backups: new Map() }
  for (const line of lines) {
    const [kind, name, value]: Line = JSON.parse(line)
    if (kind === 'plan') memory.plans.set(name, value)
    else memory.backups.set(name, value)
  }
  return memory
}

/** A line for each plan and backup, so that only what has changed is written anew. */
export function kept({ plans, backups: known }: BackupsMemory): string[] {
  return [
    ...[...plans].map(([name, value]) => JSON.stringify(['plan', name, value] satisfies Line)),
    ...[...known].map(([name, value]) => JSON.stringify(['backup', name, value] satisfies Line)),
  ]
}
