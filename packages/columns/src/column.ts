import type { KeyObject } from 'node:crypto'
import { indexTerm } from './blind-index/blind-index.ts'
import { type Column, SELECTIVE_BITS } from './declare.ts'
import { context, contextHead } from './envelope/context.ts'
import { isEnvelope, readEnvelope, type Stored, writeEnvelope } from './envelope/envelope.ts'
import { openBytes, sealBytes } from './envelope/seal.ts'
import { ColumnsError } from './errors.ts'
import type { HeldKeys } from './keys/held-keys.ts'
import { codecs, encodeValue, type Value } from './value/codec.ts'

/** Whose row a value is in: the tenant (empty if there are none) and the parts of the row's id, as text. */
export type Cell = { readonly tenant: string; readonly id: readonly string[] }

/** Where to look for a value: rows whose `column` is one of `terms`; in a migrating column also those that hold `plain`. */
export type Search = {
  readonly column: string
  readonly terms: readonly string[]
  readonly plain: { readonly column: string; readonly value: string } | null
}

/** What was read: the value, and whether it stands as it would be written today. */
export type Read = { readonly value: Value | null; readonly current: boolean }

/** One column at work. Everything is synchronous; keys are in memory. */
export type EncryptedColumn = {
  readonly declared: Column
  readonly migrating: boolean
  seal(cell: Cell, value: unknown): Stored | null
  open(cell: Cell, stored: unknown): Value | null
  read(cell: Cell, stored: unknown): Read
  /** What the columns of the index hold for a value. */
  terms(tenant: string, value: unknown): Record<string, string | null>
  /** Throws `index-truncated` where other values would be found too. */
  find(tenant: string, value: unknown): Search
  /** Also of a truncated index: open what was found, and compare. */
  candidates(tenant: string, value: unknown): Search
  /** What is written today: versions of the data key and, by column of the index, of the index key. */
  versions(): Versions
}

export type Versions = { readonly data: number; readonly index: { readonly [column: string]: number | null } }

export function encryptedColumn(declared: Column, keys: HeldKeys, migrating: boolean): EncryptedColumn {
  const { path, type, storage, index } = declared
  const codec = codecs[type]
  const heads = new Map<number, Buffer>()
  const refuse = (code: ConstructorParameters<typeof ColumnsError>[0], more: object = {}) =>
    new ColumnsError(code, { column: path, ...more })

  function bound(version: number, { tenant, id }: Cell): Buffer {
    let head = heads.get(version)
    if (head === undefined) {
      const place = { table: declared.boundTable, column: declared.boundColumn }
      head = contextHead(place, version, codec.number)
      heads.set(version, head)
    }
    return context(head, tenant, id)
  }

  function keyFor(version: number): KeyObject {
    const { data, refused } = keys.of(declared)
    const key = data.get(version)
    if (key !== undefined) return key
    throw refuse(refused.has(version) || version < declared.minimum ? 'key-refused' : 'key-unknown', {
      version,
    })
  }

  function seal(cell: Cell, value: unknown): Stored | null {
    if (value === null) return null
    const { version, secret } = keys.of(declared).current
    const plain = encodeValue(type, value, path)
    return writeEnvelope(storage, version, sealBytes(secret, bound(version, cell), plain))
  }

  function read(cell: Cell, stored: unknown): Read {
    if (stored === null) return { value: null, current: true }
    if (!isEnvelope(stored)) return { value: fromPlain(stored), current: false }
    const envelope = (typeof stored === 'string') === (storage === 'text') ? readEnvelope(stored) : null
    if (envelope === null) throw refuse('envelope-malformed')
    const { keyVersion, body } = envelope
    const plain = openBytes(keyFor(keyVersion), bound(keyVersion, cell), body)
    const value = plain === null ? null : codec.decode(plain)
    if (value === null) throw refuse('not-authentic')
    return { value, current: keyVersion === keys.of(declared).current.version }
  }

  /** Fails closed: plain text passes in a migrating column alone. */
  function fromPlain(stored: unknown): Value {
    const text = storage === 'text' && typeof stored === 'string'
    const value = text
      ? codec.fromText(stored)
      : storage === 'bytea' && stored instanceof Uint8Array
        ? plainBytes(stored)
        : null
    if (!migrating || value === null) throw refuse('not-encrypted')
    return value
  }

  function plainBytes(stored: Uint8Array): Value | null {
    const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength)
    return type === 'bytes' ? bytes : codec.fromText(bytes.toString('utf8'))
  }

  /** What is hashed: the value as it is encoded, a string after it was normalised; zero has no sign. */
  function indexed(value: unknown): Buffer {
    if (typeof value === 'string' && index !== undefined)
      return encodeValue(type, index.normaliser.apply(value), path)
    return encodeValue(type, value === 0 ? 0 : value, path)
  }

  function candidates(tenant: string, value: unknown): Search {
    const held = keys.of(declared).index
    if (index === undefined || held === undefined)
      throw refuse('not-searchable', { how: 'a search: it has no index' })
    if (!held.complete)
      throw refuse('not-searchable', { how: 'a search until encryptTable has filled its index' })
    if (migrating && (type !== 'string' || storage !== 'text'))
      throw refuse('not-searchable', { how: 'a search while it is migrating, since it is not text' })
    const bytes = indexed(value)
    return {
      column: held.searches.column,
      terms: held.searches.keys.map((key) => indexTerm(key, tenant, bytes, index.bits)),
      plain: migrating ? { column: declared.name, value: String(value) } : null,
    }
  }

  return {
    declared,
    migrating,
    seal,
    open: (cell, stored) => read(cell, stored).value,
    read,
    terms(tenant, value) {
      const terms: Record<string, string | null> = {}
      const held = keys.of(declared).index
      if (index === undefined || held === undefined) return terms
      const bytes = value === null ? null : indexed(value)
      for (const [column, key] of held.writes)
        terms[column] = key === null || bytes === null ? null : indexTerm(key, tenant, bytes, index.bits)
      return terms
    },
    find(tenant, value) {
      if (index !== undefined && index.bits < SELECTIVE_BITS) throw refuse('index-truncated')
      return candidates(tenant, value)
    },
    candidates,
    versions() {
      const { current, index: held } = keys.of(declared)
      const written = [...(held?.writes ?? [])].map(([column, key]) => [column, key?.version ?? null])
      return { data: current.version, index: Object.fromEntries(written) }
    },
  }
}
