import { z } from 'zod'

const count = z.int()
const nullableTime = z.number().nullable()

/** Why what a host has of backups was not seen whole; `detail` is the right, the error or what is missing. */
const unseen = z.object({ code: z.string(), detail: z.string() })

/** A drill as it is remembered. Moments are milliseconds here and below. */
export const drill = z.object({
  at: z.number(),
  backup: z.string(),
  outcome: z.enum(['passed', 'failed']),
  code: z.string().nullable(),
  files: count,
  tables: count,
  rows: count,
})
export type Drill = z.infer<typeof drill>

/** Something that is backed up, or was. */
export const source = z.object({
  /** `<host>/<name>`. */
  id: z.string(),
  host: z.string(),
  hostName: z.string(),
  name: z.string(),
  firstSeenAt: z.number(),
  endedAt: nullableTime,
  endedWhy: z.string().nullable(),
  /** What the host is told to do; null where it has no plan for it now. */
  plan: z
    .object({
      of: z.enum(['postgresql', 'folder']),
      target: z.string(),
      full: z.string(),
      incremental: z.string().nullable(),
      log: z.boolean(),
      keepAtLeast: z.string().nullable(),
      nextDueAt: nullableTime,
    })
    .nullable(),
  /** What lies in the repository. */
  backups: count,
  bytes: z.number(),
  /** Backups with a fault, and those that are others than they were. */
  faulty: count,
  changed: count,
  lastAt: nullableTime,
  /** The span of moments that it can be restored to, and pieces of its log that are missing in it. */
  restorable: z.object({ from: z.number(), until: z.number(), gaps: count }).nullable(),
  lastRun: z
    .object({
      startedAt: z.number(),
      outcome: z.enum(['running', 'made', 'incomplete', 'failed', 'interrupted']),
      code: z.string().nullable(),
    })
    .nullable(),
  lastDrill: drill.nullable(),
  /** Recipients that can read it, and those of them that nobody has told the holder of. */
  readers: count,
  undeclared: count,
  unseen: unseen.nullable(),
})
export type Source = z.infer<typeof source>

/** `GET /api/backups`: those that go on first, then by name. */
export const sourceList = z.array(source)

/** One backup as it lies there. */
export const backup = z.object({
  backup: z.string(),
  kind: z.enum(['full', 'incremental']),
  parent: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number(),
  bytes: z.number(),
  files: count,
  missed: count,
  headersAt: nullableTime,
  readAt: nullableTime,
  faults: z.array(z.object({ file: z.string(), fault: z.string() })),
  faultCount: count,
  /** Its record is another than it was when it was first seen, and nobody has said that this is right. */
  changed: z.boolean(),
})
export type Backup = z.infer<typeof backup>

/** State of a reader: asked for, refused, to come, in force, over by the last day, or ended. */
export const readerState = z.enum(['asked', 'refused', 'to-come', 'in-force', 'over', 'ended'])
export type ReaderState = z.infer<typeof readerState>

const named = z.object({ id: z.string(), name: z.string() })
const holder = z.object({ kind: z.enum(['person', 'service']), id: z.string().trim().min(1).max(100) })

/** Somebody who has, or is to have, the identity of a recipient. */
export const reader = z.object({
  id: z.uuid(),
  recipient: z.string(),
  holder: holder.extend({ name: z.string() }),
  purpose: z.string(),
  keptAt: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  state: readerState,
  askedBy: named,
  decidedBy: named.nullable(),
  singleApprover: z.boolean(),
})
export type Reader = z.infer<typeof reader>

/** A recipient that backups are encrypted to, or that somebody is told to have the identity of. */
export const recipient = z.object({
  recipient: z.string(),
  /** Where it can read: those to come, and how many that lie there. */
  sources: z.array(z.object({ id: z.string(), name: z.string(), inPlan: z.boolean(), backups: count })),
  /** Those that wait and those in force first. */
  readers: z.array(reader),
})
export type Recipient = z.infer<typeof recipient>

/** `GET /api/backup-recipients`: those nobody is told of first. With the services that one may be for. */
export const recipientList = z.object({ recipients: z.array(recipient), services: z.array(named) })
export type RecipientList = z.infer<typeof recipientList>

/** `GET /api/backups/:host/:source`: newest first. */
export const sourceDetail = z.object({
  source,
  backups: z.array(backup),
  drills: z.array(drill),
  recipients: z.array(recipient),
})
export type SourceDetail = z.infer<typeof sourceDetail>

/** `POST /api/backup-recipients`. */
export const askingReader = z.object({
  recipient: z
    .string()
    .trim()
    .regex(/^age1[a-z0-9]{50,3000}$/),
  holder,
  purpose: z.string().trim().min(3).max(1000),
  keptAt: z.string().trim().min(3).max(500),
  from: z.iso.date(),
  until: z.iso.date(),
})
export type AskingReader = z.infer<typeof askingReader>

/** Why a source is ended, or why its backups are others than they were. */
export const becauseOf = z.object({ why: z.string().trim().min(3).max(500) })
