import type { Bilingual } from '@hevd/core'
import { canonicalJson } from '@hevd/core/canonical'
import { sha256, toHex } from '@hevd/tlog/verify'

/** What a reader sees of a promise, in both languages. */
export type PolicyWords = {
  readonly id: string
  readonly title: Bilingual
  readonly statement: Bilingual
  readonly how: Bilingual
  readonly parameters: { readonly [name: string]: unknown }
}

/** SHA-256, hex, of a promise as it is shown: what `policyDigest` of a leaf is. */
export function policyDigest({ id, title, statement, how, parameters }: PolicyWords): Promise<string> {
  return digestOf({ id, title, statement, how, parameters })
}

/** SHA-256, hex, of a value in canonical JSON. */
export async function digestOf(value: unknown): Promise<string> {
  return toHex(await sha256(new TextEncoder().encode(canonicalJson(value))))
}
