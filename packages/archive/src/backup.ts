import { z } from 'zod'

/** Name of a source, and of a plan: a folder of the repository. */
export const sourceName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/)

/**
 * `<source>/backups/<id>/backup.json`, in clear and written last: a backup without it does not exist. It says nothing about
 * the content but sizes and moments.
 */
export const backupRecord = z.object({
  format: z.literal(1),
  /** `20261126T083000Z-full`, of the moment it began; sorts by time. */
  id: z.string(),
  source: sourceName,
  of: z.enum(['postgresql', 'folder']),
  kind: z.enum(['full', 'incremental']),
  /** The backup that an incremental one needs; null of a full one. */
  parent: z.string().nullable(),
  /** The host that made it, as it calls itself. */
  host: z.string(),
  startedAt: z.number(),
  endedAt: z.number(),
  /** Bytes of the content before compression. */
  contentBytes: z.number().int().min(0),
  /** Counts the re-encryptions: the files lie beside this one, and from the first on in `r<generation>/`. */
  generation: z.number().int().min(0).default(0),
  /** Entries of a folder that could not be read, named in its listing. A backup that has any is not whole. */
  missed: z.number().int().min(0).default(0),
  /** Files of a folder that changed each time they were read, named in its listing. */
  torn: z.number().int().min(0).default(0),
  /** Age files all of them, read by `openBackupFile`. `sha256` is that of the file as it lies there, hex. */
  files: z.array(
    z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
  /** Who can read it: age recipients (`age1…`). */
  recipients: z.array(z.string()).min(1),
  postgresql: z
    .object({
      systemIdentifier: z.string(),
      /** `17.6`. */
      version: z.string(),
      timeline: z.number().int(),
      /** `0/3000028`. */
      startLsn: z.string(),
      endLsn: z.string(),
      /** Bytes of a WAL segment of this server, mostly 16 MiB. */
      walSegmentBytes: z.number().int().positive(),
    })
    .nullable(),
})
export type BackupRecord = z.infer<typeof backupRecord>

/** What long work tells of itself; `total` is null while nobody can know it. Units are bytes of content. */
export type Progress = (step: string, done: number, total: number | null) => void
