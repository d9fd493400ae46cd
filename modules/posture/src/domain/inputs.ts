import { hash } from 'node:crypto'
import { canonicalJson, type Lookup, type Reading } from '@hevd/core'

/** One look-up with what it gave, as it is kept for replay. */
export type Input = { readonly lookup: Lookup } & Reading

/** What a judgement was made from, in the order it was read, and its SHA-256. */
export type Inputs = { readonly digest: Buffer; readonly content: readonly Input[] }

export function inputsOf(content: readonly Input[]): Inputs {
  return { digest: hash('sha256', canonicalJson(content), 'buffer'), content }
}
