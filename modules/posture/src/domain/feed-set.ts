import { hash } from 'node:crypto'
import { canonicalJson, type Lookup } from '@hevd/core'
import { coverageKeyOf } from '@hevd/feeds'

/** Feeds and scopes that a judgement rests on, each sorted and once. */
export type FeedSet = {
  readonly id: string
  readonly feeds: readonly string[]
  readonly scopes: readonly string[]
}

/** The set of this content. Its id is a UUID (version 8, RFC 9562) made of the content's SHA-256. */
export function feedSet(feeds: Iterable<string>, scopes: Iterable<string>): FeedSet {
  const content = { feeds: [...new Set(feeds)].sort(), scopes: [...new Set(scopes)].sort() }
  const digest = hash('sha256', canonicalJson(content), 'buffer')
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6)
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = digest.toString('hex', 0, 16)
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  )
  return { id, ...content }
}

/** Keys by which these look-ups hear that what is covered has changed. */
export function scopesOf(lookups: readonly Lookup[]): string[] {
  return lookups.map(coverageKeyOf)
}
