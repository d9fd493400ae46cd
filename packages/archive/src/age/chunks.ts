/** Bytes as they come. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** A piece of a stream; `last` where nothing follows. */
export type Chunk = { readonly bytes: Uint8Array; readonly last: boolean }

/**
 * The stream in pieces of exactly `size` bytes, of which the last may be smaller; one empty last piece where the stream has
 * none. Holds one piece, and copies only what does not lie whole in what came.
 */
export async function* inChunks(content: Bytes, size: number): AsyncGenerator<Chunk, void, undefined> {
  let whole: Uint8Array | undefined
  let begun = Buffer.allocUnsafe(size)
  let filled = 0
  for await (const bytes of content) {
    let rest = bytes
    while (rest.length > 0) {
      if (filled === 0 && rest.length >= size) {
        if (whole !== undefined) yield { bytes: whole, last: false }
        whole = rest.subarray(0, size)
        rest = rest.subarray(size)
        continue
      }
      const taken = rest.subarray(0, size - filled)
      begun.set(taken, filled)
      filled += taken.length
      rest = rest.subarray(taken.length)
      if (filled < size) continue
      if (whole !== undefined) yield { bytes: whole, last: false }
      whole = begun
      begun = Buffer.allocUnsafe(size)
      filled = 0
    }
  }
  if (whole !== undefined) yield { bytes: whole, last: filled === 0 }
  if (whole === undefined || filled > 0) yield { bytes: begun.subarray(0, filled), last: true }
}
