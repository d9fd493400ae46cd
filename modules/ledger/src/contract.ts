import { instant } from '@hevd/http'
import { z } from 'zod'

export const logName = z.enum(['internal', 'public'])
export type LogName = z.infer<typeof logName>

/** `GET /api/logs/:log`: how a log stands. */
export const logView = z.object({
  log: logName,
  origin: z.string(),
  /** C2SP verifier key, `name+hash+base64`. */
  verifierKey: z.string(),
  /** Entries covered by the newest signed checkpoint, and acknowledged ones that wait for one. */
  size: z.int(),
  waiting: z.int(),
  /** Base64, as in the checkpoint; null while the log is empty. */
  root: z.string().nullable(),
  signedAt: instant.nullable(),
  /** The signed note, with witnesses' cosignatures. */
  checkpoint: z.string().nullable(),
  /** What each witness signed last. */
  witnesses: z.array(z.object({ name: z.string(), size: z.int(), at: instant })),
})
export type LogView = z.infer<typeof logView>

/** One entry, as the bytes that were hashed say it. */
export const entryView = z.object({
  index: z.int(),
  id: z.string(),
  kind: z.string(),
  at: instant,
  body: z.record(z.string(), z.unknown()),
  /** SHA-256(0x00 || bytes), base64. */
  leafHash: z.string(),
  /**
   * Personal payloads, opened for administrators; null for others, and for all when their key was erased (`erased`).
   */
  personal: z.array(z.object({ field: z.string(), payload: z.unknown().nullable(), erased: z.boolean() })),
})
export type EntryView = z.infer<typeof entryView>

/** `GET /api/logs/:log/entries?before&limit&kind`, newest first. `next` goes into `before`; null at the end. */
export const entryPage = z.object({ items: z.array(entryView), next: z.int().nullable(), size: z.int() })
export type EntryPage = z.infer<typeof entryPage>
export const entryQuery = z.object({
  /** Entries below this index; the newest if not given. */
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  kind: z.string().min(1).max(200).optional(),
})

/** `GET /api/logs/:log/entries/:index/proof`: everything to check one entry against a signed checkpoint. */
export const inclusionProof = z.object({
  index: z.int(),
  size: z.int(),
  /** The leaf's bytes, base64. */
  leaf: z.string(),
  /** Sibling hashes, bottom up, base64 (RFC 6962, 2.1.1). */
  path: z.array(z.string()),
  checkpoint: z.string(),
})
export type InclusionProof = z.infer<typeof inclusionProof>
