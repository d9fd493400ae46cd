import { promisify } from 'node:util'
import { constants, createZstdCompress, zstdDecompress } from 'node:zlib'
import { type Bytes, inChunks } from './age/chunks.ts'
import { framesOf } from './zstd-frames.ts'

/** What goes into a frame: large enough to lose nothing by beginning anew, small enough to be worked on side by side. */
export const frameBytes = 2 * 1024 * 1024
const atOnce = 3
const chunkSize = 1024 * 1024
const params = { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 }

const decompressFrame = promisify(zstdDecompress)

/**
 * The content as zstd frames, one behind the other as RFC 8878 allows, level 3, in the threads of the pool.
 * @param done told of each piece that is not needed any more, a view of what the content gave where that was of a frame's size
 */
export async function* compress(
  content: Bytes,
  done: (piece: Uint8Array) => void = () => {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const compressors = Array.from({ length: atOnce }, frameCompressor)
  let turn = 0
  try {
    const frames = sideBySide(inChunks(content, frameBytes), async ({ bytes }) => {
      const frame = await compressors[turn++ % atOnce]?.frameOf(bytes)
      done(bytes)
      return frame ?? []
    })
    for await (const parts of frames) yield* parts
  } finally {
    for (const compressor of compressors) compressor.close()
  }
}

/** Makes one frame after the other, in parts, in the same memory: a new context for each would be much garbage. */
function frameCompressor() {
  // Every write ends a frame.
  const stream = createZstdCompress({ params, chunkSize, flush: constants.ZSTD_e_end })
  let parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  // What goes wrong is told to whoever writes.
  stream.on('error', () => {})
  return {
    frameOf: (bytes: Uint8Array) =>
      new Promise<readonly Buffer[]>((resolve, reject) => {
        stream.write(bytes, (error) => {
          if (error) return reject(error)
          resolve(parts)
          parts = []
        })
      }),
    close: () => stream.destroy(),
  }
}

/**
 * The content of what {@link compress} wrote. Throws an error with a `code` that begins with ZSTD_ where it is something else,
 * damaged, or cut short within a frame.
 */
export async function* decompress(content: Bytes): AsyncGenerator<Uint8Array, void, undefined> {
  // Node's own stream forgets what follows the first frame of a piece.
  yield* sideBySide(framesOf(content), (frame) =>
    decompressFrame(frame, { chunkSize, maxOutputLength: frameBytes }),
  )
}

/** Results in the order of what was put in, of which a few are worked on at a time. */
async function* sideBySide<Given, Made>(given: AsyncIterable<Given>, work: (one: Given) => Promise<Made>) {
  const working: Promise<Made>[] = []
  for await (const one of given) {
    const result = work(one)
    // Awaited in turn; until then nobody listens.
    result.catch(() => {})
    working.push(result)
    const [first] = working
    if (working.length < atOnce || first === undefined) continue
    working.shift()
    yield await first
  }
  for (const result of working) yield await result
}
