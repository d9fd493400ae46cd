import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { BundleError } from './errors.ts'

/** What a bundle may hold; anything else, such as a path that leads elsewhere, is refused before it is read. */
const allowed =
  /^(?:README\.md|LESMEG\.md|report\.json|manifest\.json|tables\/[a-z]+\.(?:jsonl|csv)|samples\/\d{3}\.json|log\/(?:entries\.jsonl|checkpoint\.txt|key\.txt))$/
/** Deflate makes no more than this of a byte (RFC 1951: 258 bytes of two bits). */
const mostOfAByte = 1032
/** The longest file that is held whole; tables and entries are read as they come. */
const longestHeld = 256 * 1024 * 1024

type Entry = {
  readonly name: string
  readonly packed: number
  readonly bytes: number
  readonly at: number
  readonly method: number
}

/** A ZIP that is read where it lies: its directory first, each file as it comes, nothing written anywhere. */
export class Archive {
  readonly #file: FileHandle
  readonly #entries: ReadonlyMap<string, Entry>

  private constructor(file: FileHandle, entries: ReadonlyMap<string, Entry>) {
    this.#file = file
    this.#entries = entries
  }

  /** Throws BundleError: `not-whole`, `name-not-allowed`, `larger-than-said`. */
  static async open(path: string): Promise<Archive> {
    const file = await open(path, 'r')
    try {
      return new Archive(file, await directoryOf(file, path))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()]
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** The bytes of a file as they come. Throws `file-missing`, `larger-than-said`, `not-whole`. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw new BundleError('file-missing', name)
    const head = await exactly(this.#file, entry.at, 30, name)
    if (head.readUInt32LE(0) !== signatures.file) throw new BundleError('not-whole', name)
    const start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
    const named = await exactly(this.#file, entry.at + 30, head.readUInt16LE(26), name)
    if (named.toString() !== name) throw new BundleError('not-whole', name)
    const packed = Readable.from(this.#between(start, start + entry.packed, name))
    const unpacked = entry.method === 8 ? pipeline(packed, createInflateRaw(), () => {}) : packed
    let bytes = 0
    try {
      for await (const part of unpacked) {
        bytes += part.length
        if (bytes > entry.bytes) throw new BundleError('larger-than-said', name)
        yield part
      }
    } catch (error) {
      throw error instanceof BundleError ? error : new BundleError('not-whole', name)
    }
    if (bytes !== entry.bytes) throw new BundleError('not-whole', name)
  }

  async *#between(start: number, end: number, name: string): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += readAtOnce)
      yield await exactly(this.#file, at, Math.min(readAtOnce, end - at), name)
  }

  /** A file as one text. Throws `larger-than-said` beyond what is held whole. */
  async text(name: string): Promise<string> {
    if ((this.#entries.get(name)?.bytes ?? 0) > longestHeld) throw new BundleError('larger-than-said', name)
    const parts: Buffer[] = []
    for await (const part of this.read(name)) parts.push(part)
    return Buffer.concat(parts).toString('utf8')
  }

  /** A file line by line; each at most as long as an entry of a log may be, in base64 with its proof. */
  async *lines(name: string): AsyncGenerator<string> {
    let rest = ''
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for await (const part of this.read(name)) {
      const lines = (rest + decoder.decode(part, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > longestLine) throw new BundleError('larger-than-said', name)
      yield* lines
    }
    if (rest !== '') throw new BundleError('file-unreadable', name)
  }
}

const longestLine = 1024 * 1024
const readAtOnce = 64 * 1024
const signatures = { end: 0x06054b50, directory: 0x02014b50, file: 0x04034b50 }
const endBytes = 22

async function exactly(file: FileHandle, at: number, length: number, what: string): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  if (bytesRead !== length) throw new BundleError('not-whole', what)
  return buffer
}

/** The directory at the end of the file (APPNOTE.TXT 4.3.12 and 4.3.16); one without comment and without ZIP64. */
async function directoryOf(file: FileHandle, path: string): Promise<ReadonlyMap<string, Entry>> {
  const { size } = await file.stat()
  if (size < endBytes) throw new BundleError('not-whole', path)
  const end = await exactly(file, size - endBytes, endBytes, path)
  const [count, length, start] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)]
  if (end.readUInt32LE(0) !== signatures.end || start + length !== size - endBytes)
    throw new BundleError('not-whole', path)
  const directory = await exactly(file, start, length, path)
  const entries = new Map<string, Entry>()
  let at = 0
  for (let read = 0; read < count; read += 1) {
    if (at + 46 > length || directory.readUInt32LE(at) !== signatures.directory)
      throw new BundleError('not-whole', path)
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + 46, nameEnd)
    const entry = {
      name,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    }
    if (!allowed.test(name) || entries.has(name))
      throw new BundleError('name-not-allowed', JSON.stringify(name))
    if (entry.bytes > entry.packed * mostOfAByte) throw new BundleError('larger-than-said', name)
    if (entry.method !== 8 && entry.method !== 0) throw new BundleError('file-unreadable', name)
    entries.set(name, entry)
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}
