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
  root: z.string().nullable(),
  signedAt: instant.nullable(),
  checkpoint: z.string().nullable(),
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
  leafHash: z.string(),
  /** Personal payloads, opened for those who may read them; null when their key was erased. */
  personal: z.array(z.object({ field: z.string(), payload: z.unknown().nullable(), erased: z.boolean() })),
})
export type EntryView = z.infer<typeof entryView>

/** `GET /api/logs/:log/entries?before&limit&kind`, newest first. */
export const entryPage = z.object({ items: z.array(entryView), next: z.int().nullable(), size: z.int() })

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
