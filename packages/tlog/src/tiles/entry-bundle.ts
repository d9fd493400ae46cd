import { concat } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'

/** Longest entry that a bundle can carry, in bytes. */
export const longestEntry = 0xffff

/** Entries, each behind its length in two bytes, big-endian (C2SP tlog-tiles). Throws `bundle-malformed`. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts = entries.flatMap((entry) => {
    if (entry.length > longestEntry) throw new TlogError('bundle-malformed', `${entry.length} bytes`)
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
  })
  return concat(...parts)
}

/** The entries of a bundle. Throws `bundle-malformed`. */
export function decodeEntryBundle(bundle: Uint8Array): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.length)
  for (let offset = 0; offset < bundle.length; ) {
    if (offset + 2 > bundle.length) throw new TlogError('bundle-malformed')
    const end = offset + 2 + view.getUint16(offset)
    if (end > bundle.length) throw new TlogError('bundle-malformed')
    entries.push(bundle.subarray(offset + 2, end))
    offset = end
  }
  return entries
}
