import type { SFTPWrapper, Stats } from 'ssh2'
import { inChunks } from '../../age/chunks.ts'

/** Bytes of one request: what every server takes (draft-ietf-secsh-filexfer-02, section 3). */
const blockBytes = 32_768
/** Requests on their way at once: 4 MiB, so that a way of 100 ms still carries 40 MB/s. */
const inFlight = 128

type Failure = Error | undefined | null

/** A request of ssh2 that answers with something, as a promise. */
export function asked<Value>(
  request: (answer: (error: Failure, value: Value) => void) => void,
): Promise<Value> {
  return new Promise((resolve, reject) =>
    request((error, value) => (error === undefined || error === null ? resolve(value) : reject(error))),
  )
}

/** One that is only done. */
export function done(request: (answer: (error?: Failure) => void) => void): Promise<void> {
  return new Promise((resolve, reject) =>
    request((error) => (error === undefined || error === null ? resolve() : reject(error))),
  )
}

/** The bytes of an open file, in order, with many reads on their way. Throws where it turns out shorter than `bytes`. */
export async function* readAll(sftp: SFTPWrapper, handle: Buffer, bytes: number): AsyncGenerator<Buffer> {
  const coming: Promise<Buffer>[] = []
  for (let next = 0; next < bytes || coming.length > 0; ) {
    while (next < bytes && coming.length < inFlight) {
      const block = readBlock(sftp, handle, next, Math.min(blockBytes, bytes - next))
      block.catch(() => {})
      coming.push(block)
      next += blockBytes
    }
    const first = coming.shift()
    if (first !== undefined) yield await first
  }
}

async function readBlock(
  sftp: SFTPWrapper,
  handle: Buffer,
  position: number,
  bytes: number,
): Promise<Buffer> {
  const block = Buffer.allocUnsafe(bytes)
  for (let filled = 0; filled < bytes; ) {
    const read = await asked<number>((answer) =>
      sftp.read(handle, block, filled, bytes - filled, position + filled, answer),
    )
    if (read === 0) throw new Error('the file ended early')
    filled += read
  }
  return block
}

/** Writes content from the beginning of an open file, many writes on their way. @returns its bytes */
export async function writeAll(
  sftp: SFTPWrapper,
  handle: Buffer,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal: AbortSignal | undefined,
  told: <T>(run: () => Promise<T>) => Promise<T>,
): Promise<number> {
  const going: Promise<void>[] = []
  let position = 0
  const settle = async () => {
    const first = going.shift()
    if (first !== undefined) await told(() => first)
  }
  for await (const { bytes } of inChunks(content, blockBytes)) {
    signal?.throwIfAborted()
    const [part, place] = [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), position]
    const write = done((answer) => sftp.write(handle, part, 0, part.length, place, answer))
    write.catch(() => {})
    going.push(write)
    position += part.length
    if (going.length >= inFlight) await settle()
  }
  while (going.length > 0) await settle()
  return position
}

export const sizeOf = (sftp: SFTPWrapper, handle: Buffer): Promise<number> =>
  asked<Stats>((answer) => sftp.fstat(handle, answer)).then(({ size }) => size)
