import { z } from 'zod'
import { sourceName } from './backup.ts'
import type { ArchiveError, ArchiveErrorCode } from './errors.ts'

/** What a restore drill found. It is made of a folder and of PostgreSQL alike. */
export const drillRecord = z.object({
  source: sourceName,
  backupId: z.string(),
  startedAt: z.number(),
  endedAt: z.number(),
  outcome: z.enum(['passed', 'failed']),
  /** Why it failed: code and parameters of an ArchiveError; null of one that passed. */
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
  /** Files whose content was compared with the list made at the time of backup. */
  files: z.number().int().min(0),
  /** Tables whose rows were counted against the backup's own counts, and their rows; 0 of a folder. */
  tables: z.number().int().min(0),
  rows: z.number().int().min(0),
})
export type DrillRecord = z.infer<typeof drillRecord>

/** What tells that the backup is at fault, and not the place it is tried in. */
const faults: ReadonlySet<ArchiveErrorCode> = new Set<ArchiveErrorCode>([
  'backup-changed',
  'backup-missing',
  'content-differs',
  'entry-unsafe',
  'file-damaged',
  'file-missing',
  'index-damaged',
  'not-age',
  'repository-not-valid',
  'restored-not-started',
  'table-content-differs',
  'table-differs',
  'table-missing',
  'table-not-readable',
  'wal-missing',
])

export const failsDrill = ({ code }: ArchiveError): boolean => faults.has(code)
