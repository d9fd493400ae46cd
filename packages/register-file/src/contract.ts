import { z } from 'zod'

/**
 * A file of a register: its text, or its bytes in base64, which is safer, since a browser that reads a file of another
 * encoding as UTF-8 has lost the letters before we see them.
 */
const file = { csv: z.string().optional(), base64: z.base64().optional() }
export const previewing = z.object(file)
export type SentFile = z.infer<typeof previewing>

/** What a CSV with a header line would change, and nothing is changed. */
export function importPreviewOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    /** Given back when importing; another register or file has another one. */
    digest: z.string(),
    added: z.array(item),
    changed: z.array(z.object({ before: item, after: item })),
    /** In the register and not in the file: left as they are. */
    notInFile: z.array(item),
    unchanged: z.int(),
    faults: z.array(z.object({ line: z.int(), field: z.string(), nb: z.string(), en: z.string() })),
    encoding: z.enum(['utf-8', 'windows-1252']),
    /** Headers that are not known and were left out. */
    ignoredColumns: z.array(z.string()),
    /** More would change at once than the brake lets through; `confirmCount` must then be given. */
    braked: z.boolean(),
  })
}

export const importing = z.object({
  ...file,
  digest: z.string(),
  /** The number that will be changed or added, typed by the one who imports; only when braked. */
  confirmCount: z.int().optional(),
})

export const imported = z.object({ added: z.int(), changed: z.int() })
export type Imported = z.infer<typeof imported>
