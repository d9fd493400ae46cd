import type { DrillRun, RunRecord } from '@hevd/archive'
import type { backupRecipients, backupRuns, backups, restoreDrills, ValueOf } from '@hevd/facts'
import { bytesOf, knownOf } from './files.ts'
import type { BackupsMemory } from './memory.ts'
import type { Recorded } from './records.ts'

const shown = 5

export function backupFact(host: string, one: Recorded, memory: BackupsMemory): ValueOf<typeof backups> {
  const { record, digest } = one
  const known = knownOf(one, memory)
  const faults = known?.faults ?? []
  return {
    id: `${host}/${record.source}/${record.id}`,
    host,
    plan: `${host}/${record.source}`,
    source: record.source,
    backup: record.id,
    kind: record.kind,
    parent: record.parent,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    bytes: bytesOf(one),
    files: record.files.length,
    missed: record.missed,
    digest,
    recipients: record.recipients,
    headersAt: known?.headersAt ?? null,
    readAt: known?.readAt ?? null,
    faults: faults.slice(0, shown),
    faultCount: faults.length,
  }
}

/** Everybody who can read backups of a plan, those to come and those that lie there. */
export function recipientFacts(
  host: string,
  plan: { readonly name: string; readonly recipients: readonly string[] },
  records: readonly Recorded[],
): readonly ValueOf<typeof backupRecipients>[] {
  const all = new Set([...plan.recipients, ...records.flatMap(({ record }) => record.recipients)])
  return [...all].sort().map((recipient) => ({
    plan: `${host}/${plan.name}`,
    host,
    recipient,
    inPlan: plan.recipients.includes(recipient),
    backups: records.filter(({ record }) => record.recipients.includes(recipient)).length,
  }))
}

export function runFact(host: string, run: RunRecord): ValueOf<typeof backupRuns> {
  const { source, kind, startedAt, endedAt, outcome, why } = run
  return { plan: `${host}/${source}`, host, kind, startedAt, endedAt, outcome, code: why?.code ?? null }
}

/** @param digest of the record of the backup it restored; null where that could not be read */
export function drillFact(
  host: string,
  drill: DrillRun,
  digest: string | null,
): ValueOf<typeof restoreDrills> {
  const { source, backupId: backup, startedAt, endedAt, outcome, why, files, tables, rows } = drill
  const id = `${host}/${source}/${startedAt}`
  return {
    id,
    host,
    source,
    backup,
    digest,
    startedAt,
    endedAt,
    outcome,
    code: why?.code ?? null,
    files,
    tables,
    rows,
  }
}
