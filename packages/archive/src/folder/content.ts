import { createHash, hash } from 'node:crypto'
import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Headers, type Pack, pack } from 'tar-stream'
import type { Entry, FileEntry, Missed } from './entry.ts'
import { type BareFile, changed, type Loaded, look, openFile, tries } from './read-file.ts'
import { type Bare, codeOf } from './walk.ts'

/** Size above which a file that changes while it is read is read twice at most. */
const often = 64 * 1024 * 1024
const pieceBytes = 1 << 20

/** The content of a backup as a tar (POSIX pax), written entry by entry; `bytes` is read as it is written. */
export type ContentWriter = {
  readonly bytes: AsyncIterable<Uint8Array>
  /**
   * Writes an entry. A file that changes while it is read is read again, and stands in the tar each time, of which the last
   * counts; after some tries it is `torn`. What can no longer be read is missed, and null is what is gone.
   * @param loaded of a small file: it was read already
   */
  add(entry: Bare, from: string, loaded?: Promise<Loaded>): Promise<Entry | Missed | null>
  end(): void
  /** Breaks the tar off with an error. */
  break(error: Error): void
}

export function contentWriter(folder: string, readBytes: (bytes: number) => void): ContentWriter {
  const tar = pack()
  // Whoever adds to it and whoever reads it hear of it where they wait; there may be no reader yet.
  tar.on('error', () => {})
  return {
    bytes: tar,
    async add(entry, from, loaded) {
      if (loaded !== undefined) return addLoaded(tar, await loaded, from, readBytes)
      if (entry.type === 'file') return addFile(tar, folder, entry, from, readBytes)
      await written(tar, headersOf(entry))
      return { ...entry, from }
    },
    end: () => tar.finalize(),
    break: (error) => tar.destroy(error),
  }
}

async function addFile(
  tar: Pack,
  folder: string,
  entry: BareFile,
  from: string,
  readBytes: (bytes: number) => void,
): Promise<FileEntry | Missed | null> {
  const path = entry.path
  const file = await openFile(folder, path)
  if (file === 'ENOENT') return null
  if (typeof file === 'string') return { path, reason: file }
  try {
    for (let attempt = 1; ; attempt += 1) {
      const before = await look(file, entry)
      const sha256 = await addContent(tar, file, before, readBytes)
      if (typeof sha256 !== 'string') return { path, reason: sha256.code }
      const torn = changed(before, await look(file, entry))
      if (!torn || attempt >= (before.size > often ? 2 : tries)) return { ...before, from, sha256, torn }
      await sleep(20 * attempt)
    }
  } finally {
    await file.close()
  }
}

async function addLoaded(
  tar: Pack,
  loaded: Loaded,
  from: string,
  readBytes: (bytes: number) => void,
): Promise<FileEntry | Missed | null> {
  if (loaded === null || 'reason' in loaded) return loaded
  const { file, bytes, torn } = loaded
  await written(tar, headersOf(file), bytes)
  readBytes(bytes.length)
  return { ...file, from, sha256: hash('sha256', bytes), torn }
}

/**
 * Writes as many bytes as the file had when it was looked at; zeros for those that are no longer there.
 * @returns the digest of what was written; where it cannot be read, the system's code, and the tar has zeros in its place
 */
async function addContent(
  tar: Pack,
  file: FileHandle,
  entry: BareFile,
  readBytes: (bytes: number) => void,
): Promise<string | { readonly code: string }> {
  const digest = createHash('sha256')
  let failure: string | null = null
  const ended = new Promise<void>((resolve, reject) => {
    const sink = tar.entry({ ...headersOf(entry), size: entry.size }, (error) =>
      error ? reject(error) : resolve(),
    )
    sink.on('error', reject)
    void fill(sink).catch(reject)
  })
  async function fill(sink: NodeJS.WritableStream): Promise<void> {
    for (let at = 0; at < entry.size; ) {
      const piece = Buffer.allocUnsafe(Math.min(pieceBytes, entry.size - at))
      const read =
        failure === null ? await file.read(piece, 0, piece.length, at).catch(codeOf) : { bytesRead: 0 }
      if (typeof read === 'string') failure = read
      const length = typeof read === 'string' ? 0 : read.bytesRead
      const bytes = length === 0 ? piece.fill(0) : piece.subarray(0, length)
      digest.update(bytes)
      readBytes(bytes.length)
      at += bytes.length
      if (!sink.write(bytes)) await once(sink, 'drain')
    }
    sink.end()
  }
  await ended
  return failure === null ? digest.digest('hex') : { code: failure }
}

function written(tar: Pack, headers: Headers, bytes?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = (error?: Error | null) => (error ? reject(error) : resolve())
    const sink = bytes === undefined ? tar.entry(headers, ended) : tar.entry(headers, bytes, ended)
    sink.on('error', reject)
  })
}

type PaxHeaders = Headers & { readonly pax: Record<string, string> }

/** Beyond what fits in a ustar header (moments below a second, large ids) pax headers hold it. */
function headersOf(entry: Bare): PaxHeaders {
  const pax: Record<string, string> = { mtime: entry.mtime }
  if (entry.uid > 0o777_777) pax.uid = String(entry.uid)
  if (entry.gid > 0o777_777) pax.gid = String(entry.gid)
  return {
    name: entry.path,
    type: entry.type,
    mode: entry.mode,
    uid: Math.min(entry.uid, 0o777_777),
    gid: Math.min(entry.gid, 0o777_777),
    mtime: new Date(Math.floor(Number(entry.mtime)) * 1000),
    ...(entry.type === 'symlink' || entry.type === 'link' ? { linkname: entry.target } : {}),
    pax,
  }
}
