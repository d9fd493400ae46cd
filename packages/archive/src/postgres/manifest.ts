import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ArchiveError } from '../errors.ts'

/** PostgreSQL's "Backup Manifest Format"; a name that is not UTF-8 is in hexadecimal. */
const manifestFile = z.object({
  Path: z.string().optional(),
  'Encoded-Path': z.string().optional(),
  Size: z.number(),
  'Checksum-Algorithm': z.literal('SHA256'),
  Checksum: z.string(),
})
const manifest = z.object({
  'PostgreSQL-Backup-Manifest-Version': z.union([z.literal(1), z.literal(2)]),
  Files: z.array(manifestFile),
  'Manifest-Checksum': z.string(),
})

/** Size and SHA-256 (hex) of each file of a backup, by its path in the data directory; a character is a byte of the name. */
export type Manifest = ReadonlyMap<string, { readonly bytes: number; readonly sha256: string }>

/** Throws `content-differs` where it is none, or not the one that the server wrote. */
export function parseManifest(text: Buffer): Manifest {
  const differs = (reason: string, cause?: unknown) =>
    new ArchiveError('content-differs', { name: 'backup_manifest', reason }, cause)
  // The checksum is of all before its own line, which is the last.
  const end = text.lastIndexOf('\n', text.length - 2) + 1
  let parsed: z.infer<typeof manifest>
  try {
    parsed = manifest.parse(JSON.parse(text.toString('utf8')))
  } catch (error) {
    throw differs('is not a manifest of PostgreSQL', error)
  }
  if (createHash('sha256').update(text.subarray(0, end)).digest('hex') !== parsed['Manifest-Checksum'])
    throw differs('has another checksum than it says')
  return new Map(parsed.Files.map((file) => [pathOf(file), { bytes: file.Size, sha256: file.Checksum }]))
}

function pathOf({ Path, 'Encoded-Path': encoded }: z.infer<typeof manifestFile>): string {
  return (encoded === undefined ? Buffer.from(Path ?? '') : Buffer.from(encoded, 'hex')).toString('latin1')
}
