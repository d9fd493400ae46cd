import type { Bytes } from './age/chunks.ts'

const magic = 0xfd2fb528
/** Frames of ours hold at most 2 MiB, which cannot grow by more than this. */
const longestFrame = 4 * 1024 * 1024

const damaged = (what: string) => Object.assign(new Error(what), { code: 'ZSTD_error_corruption_detected' })

/** Splits zstd frames (RFC 8878, 3.1.1) that follow one another; what is in them is not looked at. */
export async function* framesOf(content: Bytes): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = []
  let held = 0
  let wanted = 1
  for await (const bytes of content) {
    parts.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    held += bytes.length
    if (held < wanted) continue
    let all = Buffer.concat(parts)
    for (;;) {
      const length = frameLength(all)
      if (length.whole) {
        yield all.subarray(0, length.bytes)
        all = all.subarray(length.bytes)
        if (all.length > 0) continue
      }
      wanted = length.whole ? 1 : length.bytes
      break
    }
    if (wanted > longestFrame) throw damaged('a frame of unusual length')
    parts = [all]
    held = all.length
  }
  if (held > 0) throw damaged('cut short within a frame')
}

/** How long the frame is that the bytes begin with; or, where that is not known yet, how many bytes tell more. */
function frameLength(bytes: Buffer): { readonly whole: boolean; readonly bytes: number } {
  if (bytes.length < 5) return { whole: false, bytes: 5 }
  if (bytes.readUInt32LE(0) !== magic) throw damaged('not a zstd frame')
  const descriptor = bytes[4] ?? 0
  const isSingle = (descriptor & 0x20) !== 0
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const checksumBytes = (descriptor & 4) === 0 ? 0 : 4
  let at = 5 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes
  for (let isLast = false; !isLast; ) {
    if (bytes.length < at + 3) return { whole: false, bytes: at + 3 }
    const header = bytes.readUIntLE(at, 3)
    isLast = (header & 1) === 1
    // An RLE block says how often its one byte comes.
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3)
  }
  at += checksumBytes
  return { whole: bytes.length >= at, bytes: at }
}
