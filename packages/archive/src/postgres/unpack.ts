import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Headers } from 'tar-stream'
import { ArchiveError } from '../errors.ts'
import type { Manifest } from './manifest.ts'

/**
 * Unpacks a tar of a base backup. Every file is compared with the manifest while it is written.
 * @param root where it goes; must be there
 * @param prefix what the manifest calls that folder: empty, or `pg_tblspc/<oid>/`
 * @param found gets the path of each file in the manifest's words
 * @param progress told the bytes written, every time some are
 * Throws `content-differs`, `entry-unsafe`, and what the content throws.
 */
export async function unpack(
  content: AsyncIterable<Uint8Array>,
  root: string,
  prefix: string,
  manifest: Manifest,
  found: Set<string>,
  progress: (bytes: number) => void,
): Promise<void> {
  // Names are bytes to PostgreSQL: a character each.
  const entries = extract({ filenameEncoding: 'latin1' })
  const feeding = pipeline(Readable.from(content), entries)
  // Awaited below; it may fail before that.
  feeding.catch(() => {})
  try {
    for await (const entry of entries) {
      const { header } = entry
      const name = safeName(header)
      const path = Buffer.from(`${Buffer.from(root).toString('latin1')}/${name}`, 'latin1')
      if (header.type === 'directory') {
        await mkdir(path, { recursive: true, mode: (header.mode ?? 0o700) & 0o777 })
      } else if (header.type === 'file') {
        await writeCompared(entry, path, `${prefix}${name}`, manifest, header.mode ?? 0o600, progress)
        found.add(`${prefix}${name}`)
      }
      // The links to tablespaces are made anew. Nothing else is in a base backup.
      entry.resume()
    }
    await feeding
  } catch (error) {
    entries.destroy()
    // What the content threw says more than that the stream was closed.
    throw await feeding.then(
      () => error,
      (cause: unknown) => (cause instanceof ArchiveError ? cause : error),
    )
  }
}

function safeName({ name, type }: Headers): string {
  const refuse = (reason: string) => new ArchiveError('entry-unsafe', { name, reason })
  const parts = name.replace(/^\.\//, '').replace(/\/$/, '').split('/')
  if (name.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw refuse('leads out of its folder')
  if (type === 'symlink' && parts[0] === 'pg_tblspc' && parts.length === 2) return parts.join('/')
  if (type !== 'file' && type !== 'directory') throw refuse(`is a ${type ?? 'thing of unknown kind'}`)
  return parts.join('/')
}

async function writeCompared(
  content: AsyncIterable<Uint8Array>,
  path: Buffer,
  name: string,
  manifest: Manifest,
  mode: number,
  progress: (bytes: number) => void,
): Promise<void> {
  const expected = manifest.get(name)
  if (expected === undefined)
    throw new ArchiveError('content-differs', { name, reason: 'is not in the manifest of the backup' })
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', mode & 0o777)
  try {
    for await (const chunk of content) {
      hash.update(chunk)
      bytes += chunk.length
      progress(chunk.length)
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
  if (bytes !== expected.bytes)
    throw new ArchiveError('content-differs', { name, reason: `has ${bytes} bytes, not ${expected.bytes}` })
  if (hash.digest('hex') !== expected.sha256)
    throw new ArchiveError('content-differs', { name, reason: 'has another SHA-256' })
}
