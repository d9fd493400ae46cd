import { canonicalJson, type Instant, type Json } from '@hevd/core'
import { longestEntry } from '@hevd/tlog'
import { LedgerError } from '../errors.ts'

/** A personal payload of an entry: `field` names it among the entry's, `person` (UUID) whose it is. */
export type Personal = { readonly field: string; readonly person: string; readonly payload: Json }

/** What is written to a log. The body carries ids, never names: what is personal goes into `personal`. */
export type Entry = {
  readonly kind: string
  /** `kind` and `personal` are the leaf's own; an `at` (milliseconds) stands instead of the clock's. */
  readonly body: { readonly [name: string]: Json }
  readonly personal?: readonly Personal[]
}

/** What a leaf has of a personal payload. */
export type Commitment = { readonly field: string; readonly commitment: string }

/**
 * The bytes of a leaf: canonical JSON of the body with `kind`, `at` and, where there is any, `personal`. Throws
 * `entry-too-large`, TypeError for a body with members of the leaf's own.
 */
export function leafBytes(entry: Entry, at: Instant, commitments: readonly Commitment[]): Buffer {
  const { kind, body } = entry
  if (kind === '' || 'kind' in body || 'personal' in body)
    throw new TypeError('An entry has a kind, and its body neither kind nor personal')
  if ('at' in body && !Number.isSafeInteger(body.at)) throw new TypeError('“at” is in whole milliseconds')
  const personal = commitments.length === 0 ? {} : { personal: commitments }
  const data = Buffer.from(canonicalJson({ at, ...body, kind, ...personal }), 'utf8')
  if (data.length > longestEntry)
    throw new LedgerError('entry-too-large', { kind, bytes: String(data.length) })
  return data
}

/** A leaf as it is read back. */
export type Leaf = {
  readonly kind: string
  readonly at: Instant
  readonly body: { readonly [name: string]: unknown }
  readonly personal: readonly Commitment[]
}

/** The reverse of {@link leafBytes}; null for bytes that it never writes. */
export function readLeaf(data: Uint8Array): Leaf | null {
  const parsed = parseObject(data)
  if (parsed === null) return null
  const { kind, at, personal = [], ...body } = parsed
  if (typeof kind !== 'string' || typeof at !== 'number' || !Array.isArray(personal)) return null
  const commitments = personal.filter(isCommitment)
  return commitments.length === personal.length ? { kind, at, body, personal: commitments } : null
}

function parseObject(data: Uint8Array): { readonly [name: string]: unknown } | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null
  } catch {
    return null
  }
}

function isCommitment(value: unknown): value is Commitment {
  return (
    typeof value === 'object' &&
    value !== null &&
    'field' in value &&
    typeof value.field === 'string' &&
    'commitment' in value &&
    typeof value.commitment === 'string'
  )
}
