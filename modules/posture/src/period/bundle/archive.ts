import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Zip, ZipDeflate } from 'fflate'

/** A file of the archive as its manifest lists it; the digest is SHA-256, hex. */
export type Listed = { readonly name: string; readonly bytes: number; readonly sha256: string }

/**
 * A ZIP that is written to disk as it is made, so that its size does not matter to memory. The file has no name any more
 * once it is open: nothing is left of it when the process ends, however that is.
 */
export class Archive {
  readonly #file: FileHandle
  readonly #zip: Zip
  readonly #listed: Listed[] = []
  #made: Uint8Array[] = []
  #failed: Error | null = null
  #size = 0

  private constructor(file: FileHandle) {
    this.#file = file
    this.#zip = new Zip((error, part) => {
      if (error !== null) this.#failed = error
      else this.#made.push(part)
    })
  }

  static async open(): Promise<Archive> {
    const folder = await mkdtemp(join(tmpdir(), 'hevd-bundle-'))
    try {
      return new Archive(await open(join(folder, 'bundle.zip'), 'wx+', 0o600))
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  /** Adds a file whose text comes part by part; gives its digest, hex. */
  async add(name: string, parts: AsyncIterable<string> | Iterable<string>): Promise<string> {
    const entry = new ZipDeflate(name, { level: 6 })
    entry.mtime = '1980-01-01T12:00:00'
    this.#zip.add(entry)
    const sum: Hash = createHash('sha256')
    let bytes = 0
    for await (const part of parts) {
      const data = Buffer.from(part)
      sum.update(data)
      bytes += data.length
      entry.push(data)
      await this.#write()
    }
    entry.push(new Uint8Array(), true)
    await this.#write()
    const sha256 = sum.digest('hex')
    this.#listed.push({ name, bytes, sha256 })
    return sha256
  }

  /** The files so far. */
  get listed(): readonly Listed[] {
    return this.#listed
  }

  /** Ends it; whoever has read the file closes it. */
  async close(): Promise<{ readonly file: FileHandle; readonly size: number }> {
    this.#zip.end()
    await this.#write()
    return { file: this.#file, size: this.#size }
  }

  async discard(): Promise<void> {
    this.#zip.terminate()
    await this.#file.close()
  }

  async #write(): Promise<void> {
    const made = this.#made
    this.#made = []
    if (this.#failed !== null) throw this.#failed
    for (const part of made) {
      await this.#file.write(part, 0, part.length, this.#size)
      this.#size += part.length
    }
  }
}
