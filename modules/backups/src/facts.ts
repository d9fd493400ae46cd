import { backupRecords, backupSources, drillRecords, recipientHolders, type Said } from '@hevd/facts'
import type { BackupRow } from './store/backups.ts'
import type { DrillRow } from './store/drills.ts'
import type { HolderRow } from './store/holders.ts'
import type { SourceRow } from './store/sources.ts'

export function sourceFact({ id, host, source, firstSeenAt, endedAt }: SourceRow): Said {
  return { type: backupSources.name, value: { id, host, source, firstSeenAt, endedAt } }
}

export function backupFact({ id, source: plan, backup, startedAt, digest, acceptedAt }: BackupRow): Said {
  const host = plan.slice(0, plan.indexOf('/'))
  return {
    type: backupRecords.name,
    value: { id, plan, host, backup, startedAt, digest, changeAcceptedAt: acceptedAt },
  }
}

export function drillFact({ source: plan, ...drill }: DrillRow): Said {
  return { type: drillRecords.name, value: { ...drill, plan } }
}

/** A reader that was approved; those that wait or were refused are no facts. */
export function holderFacts(row: HolderRow): readonly Said[] {
  const { decision, decidedBy, holderKind, holder, askedAt: _askedAt, ...rest } = row
  if (decision !== 'approved' || decidedBy === null) return []
  const value = { ...rest, holder: { kind: holderKind, id: holder }, approvedBy: decidedBy }
  return [{ type: recipientHolders.name, value }]
}
