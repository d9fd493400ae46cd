import { canonicalJson } from '@hevd/core/canonical'
import { sha256, toHex } from '@hevd/tlog/verify'

/** What a leaf says instead of what it withholds: SHA-256, hex, over 32 random bytes and the canonical JSON of it. */
export async function commitmentOf(
  salt: Uint8Array,
  withheld: { readonly [name: string]: unknown },
): Promise<string> {
  return toHex(await sha256(salt, new TextEncoder().encode(canonicalJson(withheld))))
}
