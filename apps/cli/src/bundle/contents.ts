import { z } from 'zod'

const hex = z.string().regex(/^[0-9a-f]{64}$/)

/** `manifest.json`: every file but the log's, and what the log must have. */
export const manifest = z.object({
  form: z.literal('hevd-bundle/1'),
  period: z.string(),
  madeAt: z.number(),
  signed: hex.nullable(),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: hex })),
  entries: z.array(z.int()),
  batches: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifest>

/** One line of `log/entries.jsonl`. */
export const provenEntry = z.object({ index: z.int(), leaf: z.string(), path: z.array(z.string()) })

/** What of an entry's body counts here. */
export const entryBody = z.object({
  kind: z.string(),
  period: z.string().optional(),
  manifest: z.string().optional(),
  digest: z.string().optional(),
  batch: z.string().optional(),
  root: z.string().optional(),
})

/** Of `report.json`: the digests of its tables. */
export const report = z.object({
  tables: z.array(z.object({ name: z.string(), rows: z.int(), digest: hex })),
})

/** One file of `samples/`. */
export const sample = z.object({
  test: z.string(),
  seed: z.string(),
  size: z.int(),
  subjects: z.array(z.object({ id: z.string(), rank: hex })),
  versions: z.array(
    z.object({
      subject: z.string(),
      verdict: z.string(),
      why: z.string().nullable(),
      since: z.number(),
      salt: z.string(),
      inputs: hex,
      batch: z.string(),
      leaf: z.object({ index: z.int(), size: z.int(), path: z.array(z.string()) }),
    }),
  ),
  inputs: z.record(hex, z.unknown()),
})
