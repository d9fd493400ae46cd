import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { ArchiveError } from '../errors.ts'
import { entryPath, type FileEntry } from './entry.ts'

/** Blocks of zeros of this size become holes in a file that had some. */
const holeBytes = 4096
const zeros = Buffer.alloc(holeBytes)

/**
 * Writes the wanted files of a tar, in folders that are there. Where a file stands in it several times the last counts, as to
 * tar(1). Throws `entry-unsafe` for a name that leads out, `content-differs` for a file that is not as listed or missing.
 * @param progress is told the bytes written
 */
export async function unpackFiles(
  content: AsyncIterable<Uint8Array>,
  root: string,
  wanted: ReadonlyMap<string, FileEntry>,
  progress: (bytes: number) => void,
): Promise<void> {
  const found = new Map<string, string>()
  const entries = extract()
  const feeding = pipeline(Readable.from(content), entries)
  try {
    for await (const entry of entries) {
      const { name, type } = entry.header
      if (!entryPath.safeParse(name).success)
        throw new ArchiveError('entry-unsafe', { name, reason: 'leads out of the folder' })
      const file = type === 'file' ? wanted.get(name) : undefined
      if (file !== undefined) found.set(name, await write(entry, join(root, name), file.sparse, progress))
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
  for (const { path, sha256 } of wanted.values()) {
    const digest = found.get(path)
    if (digest === undefined) throw new ArchiveError('content-differs', { name: path, reason: 'is missing' })
    if (digest !== sha256)
      throw new ArchiveError('content-differs', { name: path, reason: 'has another SHA-256' })
  }
}

async function write(
  content: AsyncIterable<Uint8Array>,
  path: string,
  sparse: boolean,
  progress: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256')
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW
  const file = await open(path, flags, 0o600)
  try {
    let at = 0
    for await (const chunk of content) {
      hash.update(chunk)
      await (sparse ? writeWithHoles(file, chunk, at) : writeAt(file, chunk, at))
      at += chunk.length
      progress(chunk.length)
    }
    if (sparse) await file.truncate(at)
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

async function writeWithHoles(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let start = 0; start < chunk.length; start += holeBytes) {
    const block = chunk.subarray(start, start + holeBytes)
    if (!zeros.subarray(0, block.length).equals(block)) await writeAt(file, block, at + start)
  }
}

async function writeAt(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let start = 0; start < chunk.length; )
    start += (await file.write(chunk, start, chunk.length - start, at + start)).bytesWritten
}
