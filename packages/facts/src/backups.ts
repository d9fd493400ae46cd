import { z } from 'zod'
import { facts } from './fact-type.ts'

const id = z.string().min(1)
const count = z.int().min(0)
const duration = z.string().regex(/^P/)
/** An age recipient, `age1…`: with it one can encrypt, and never read. */
const recipient = z.string().regex(/^age1[a-z0-9]+$/)
/** SHA-256 of a file as it lies there, hex. */
const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** What a host is told to back up, from its `backups.json`. Its id is `<host>/<source>`. */
export const backupPlans = facts('backup-plan', {
  value: z.object({
    id,
    /** The host that makes the backups, which need not be the one that the data is on. */
    host: id,
    source: id,
    of: z.enum(['postgresql', 'folder']),
    /** `postgres-server` that it backs up, by the name this host's agent has for it; null for a folder. */
    server: id.nullable(),
    /** The `system` of that server, as the newest backup has it; null of a folder, and before the first one. */
    system: z.string().nullable(),
    /** Where backups are put, without credentials. */
    target: z.string(),
    /** Between two full ones. */
    full: duration,
    /** Between two smaller ones; null where there are none. A database has its log instead. */
    incremental: duration.nullable(),
    /** Whether a database's log is put away all the time. */
    log: z.boolean(),
    recipients: z.array(recipient),
    /** How long the repository keeps everything at least; null while it has not been seen. */
    keepAtLeast: duration.nullable(),
  }),
  key: (plan) => plan.id,
  label: (plan) => plan.source,
  scope: 'ofHost',
  beneath: ['ofPlan'],
  lookups: {
    ofHost: (plan) => plan.host,
    ofPlan: (plan) => plan.id,
    ofServer: (plan) => plan.server,
    ofSystem: (plan) => plan.system,
  },
})

/** What can be wrong with a file of a backup; a file's bytes that no longer give its digest are `digest`. */
const backupFaults = ['missing', 'plain', 'recipients', 'size', 'digest'] as const

/** A backup that lies in a repository, whole by its own record. */
export const backups = facts('backup', {
  value: z.object({
    /** `<host>/<source>/<backup>`. */
    id,
    host: id,
    /** `backup-plan` it was made by. */
    plan: id,
    source: id,
    /** As the repository names it: `20261126T083000Z-full`. */
    backup: id,
    kind: z.enum(['full', 'incremental']),
    /** The one it needs, as the repository names it; null of a full one. */
    parent: z.string().nullable(),
    startedAt: z.number(),
    endedAt: z.number(),
    /** Bytes as they lie there, and how many files they are in. */
    bytes: count,
    files: count,
    /** Entries of a folder that could not be read. A backup that has any is not whole. */
    missed: count,
    /** Of its own record, `backup.json`, which has the digests of its files. */
    digest,
    recipients: z.array(recipient),
    /** When the size and the age header of every file were last looked at, in milliseconds; null before that. */
    headersAt: z.number().nullable(),
    /** When every byte was last read and gave the digests it should; null where that has not been done. */
    readAt: z.number().nullable(),
    /** At most five, and how many there are. */
    faults: z.array(z.object({ file: z.string(), fault: z.enum(backupFaults) })),
    faultCount: count,
  }),
  key: (backup) => backup.id,
  label: (backup) => `${backup.source} ${backup.backup}`,
  scope: 'ofHost',
  beneath: ['ofPlan', 'named'],
  lookups: {
    ofHost: (backup) => backup.host,
    ofPlan: (backup) => backup.plan,
    named: (backup) => backup.id,
  },
})

/** How far a database's write-ahead log is put away, so that it can be restored to a moment between two backups. */
export const backupLogs = facts('backup-log', {
  value: z.object({
    plan: id,
    host: id,
    /** The earliest and the latest moment it can be restored to; null where there is none. */
    from: z.number().nullable(),
    until: z.number().nullable(),
    /** Pieces that are missing between the oldest backup and the end: the first one's name, and how many. */
    firstGap: z.string().nullable(),
    gaps: count,
    /** Pieces looked at that are no age files: at most five, and how many. */
    plain: z.array(z.string()),
    plainCount: count,
  }),
  key: (log) => log.plan,
  label: (log) => log.plan.slice(log.plan.indexOf('/') + 1),
  scope: 'ofHost',
  beneath: ['ofPlan'],
  lookups: { ofHost: (log) => log.host, ofPlan: (log) => log.plan },
})

/** The last attempt of a plan, as the program that makes backups wrote it down. */
export const backupRuns = facts('backup-run', {
  value: z.object({
    plan: id,
    host: id,
    kind: z.enum(['full', 'incremental']),
    startedAt: z.number(),
    endedAt: z.number().nullable(),
    outcome: z.enum(['running', 'made', 'incomplete', 'failed', 'interrupted']),
    /** Why it failed (ArchiveError); null of one that did not. */
    code: z.string().nullable(),
  }),
  key: (run) => run.plan,
  label: (run) => run.plan.slice(run.plan.indexOf('/') + 1),
  scope: 'ofHost',
  beneath: ['ofPlan'],
  lookups: { ofHost: (run) => run.host, ofPlan: (run) => run.plan },
})

/** Whoever has this recipient's identity can read backups of a plan: those to come, those that lie there, or both. */
export const backupRecipients = facts('backup-recipient', {
  value: z.object({
    plan: id,
    host: id,
    recipient,
    /** Whether backups to come are encrypted to it. */
    inPlan: z.boolean(),
    /** Of the backups that lie there, how many are. */
    backups: count,
  }),
  key: (one) => `${one.plan}/${one.recipient}`,
  label: (one) => one.recipient,
  scope: 'ofHost',
  beneath: ['ofPlan'],
  lookups: { ofHost: (one) => one.host, ofPlan: (one) => one.plan, ofRecipient: (one) => one.recipient },
})

/** A restore drill, told by the host that has the identity it was done with. */
export const restoreDrills = facts('restore-drill', {
  value: z.object({
    /** `<host>/<source>/<moment it began>`. */
    id,
    host: id,
    source: id,
    /** As the repository names it; null where it ended before one was chosen. */
    backup: z.string().nullable(),
    /** Of the record of the backup that was restored; null where it could not be read afterwards. */
    digest: digest.nullable(),
    startedAt: z.number(),
    endedAt: z.number(),
    /** `not-run` tells nothing of the backup: no programs, or the place was away. */
    outcome: z.enum(['passed', 'failed', 'not-run']),
    code: z.string().nullable(),
    files: count,
    tables: count,
    rows: count,
  }),
  key: (drill) => drill.id,
  label: (drill) => drill.source,
  scope: 'ofHost',
  lookups: { ofHost: (drill) => drill.host },
})

/** A source of backups that Hevd has heard of. It ends by a record, never by being taken out of a host's settings. */
export const backupSources = facts('backup-source', {
  value: z.object({
    /** That of its `backup-plan`. */
    id,
    host: id,
    source: id,
    /** In milliseconds. */
    firstSeenAt: z.number(),
    endedAt: z.number().nullable(),
  }),
  key: (source) => source.id,
  label: (source) => source.source,
  lookups: {},
})

/** A backup that was there once, with the digest of its record as it was seen first. */
export const backupRecords = facts('backup-record', {
  value: z.object({
    /** That of the `backup`. */
    id,
    plan: id,
    host: id,
    backup: id,
    startedAt: z.number(),
    digest,
    /** When somebody said that its record was changed with their knowledge (re-encrypted); null where nobody has. */
    changeAcceptedAt: z.number().nullable(),
  }),
  key: (record) => record.id,
  label: (record) => `${record.plan.slice(record.plan.indexOf('/') + 1)} ${record.backup}`,
  lookups: { ofPlan: (record) => record.plan },
})

/** A drill that tells something of a source's backups, kept for as long as Hevd is. */
export const drillRecords = facts('drill-record', {
  value: z.object({
    /** That of the `restore-drill`. */
    id,
    plan: id,
    backup: id,
    endedAt: z.number(),
    outcome: z.enum(['passed', 'failed']),
    code: z.string().nullable(),
    files: count,
    tables: count,
    rows: count,
  }),
  key: (drill) => drill.id,
  label: (drill) => drill.id,
  lookups: { ofPlan: (drill) => drill.plan },
})

/** Who has the identity of a recipient, as somebody asked for it and another approved. Over by its last day or by a record. */
export const recipientHolders = facts('recipient-holder', {
  value: z.object({
    id,
    recipient,
    holder: z.object({ kind: z.enum(['person', 'service']), id }),
    /** What they may read backups for. */
    purpose: z.string(),
    /** Where the identity is kept, in words. */
    keptAt: z.string(),
    from: z.iso.date(),
    until: z.iso.date(),
    /** Ids of accounts. */
    askedBy: id,
    approvedBy: id,
    /** Approved by the one who asked, in an organisation with a single administrator. */
    singleApprover: z.boolean(),
    endedAt: z.number().nullable(),
  }),
  key: (holder) => holder.id,
  label: (holder) => holder.recipient,
  lookups: {
    ofRecipient: (holder) => holder.recipient,
    ofHolder: (holder) => `${holder.holder.kind}/${holder.holder.id}`,
  },
})
