import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { indexTerm } from '../blind-index/blind-index.ts'
import { type NormaliserName, normalisers } from '../blind-index/normalise.ts'
import { context, contextHead } from '../envelope/context.ts'
import { readEnvelope, writeEnvelope } from '../envelope/envelope.ts'
import { openBytes, sealBytes } from '../envelope/seal.ts'
import { columnKey } from '../keys/column-keys.ts'
import { codecs, type ValueType } from '../value/codec.ts'

/**
 * What version 1 writes, for ever: `frozen.json` was made from the README alone by another implementation (Python's
 * `cryptography`). If one of these fails, it is the code that is wrong.
 */
type Envelope = {
  readonly name: string
  readonly unwrapped: string
  readonly table: string
  readonly column: string
  readonly version: number
  readonly type: ValueType
  readonly tenant: string
  readonly id: readonly string[]
  readonly plain: string
  readonly salt: string
  readonly columnKey: string
  readonly context: string
  readonly text: string
  readonly bytes: string
}
type Term = {
  readonly name: string
  readonly unwrapped: string
  readonly scope: string
  readonly version: number
  readonly tenant: string
  readonly value: string
  readonly normalise: NormaliserName
  readonly bits: number
  readonly term: string
}
const { envelopes, terms }: { envelopes: Envelope[]; terms: Term[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'frozen.json'), 'utf8'),
)
const hex = (text: string) => Buffer.from(text, 'hex')

test.each(envelopes)('envelope: $name', (vector) => {
  const { table, column, version, tenant, id } = vector
  const key = columnKey(hex(vector.unwrapped), { purpose: 'data', scope: `${table}.${column}`, version })
  expect(key.export().toString('hex')).toBe(vector.columnKey)
  const head = contextHead({ table, column }, version, codecs[vector.type].number)
  expect(context(head, tenant, id).toString('hex')).toBe(vector.context)
  const codec = codecs[vector.type]
  const value = codec.decode(hex(vector.plain))
  expect(codec.encode(value)?.toString('hex')).toBe(vector.plain)
  const body = sealBytes(key, context(head, tenant, id), hex(vector.plain), hex(vector.salt))
  expect(writeEnvelope('text', version, body)).toBe(vector.text)
  expect(Buffer.from(writeEnvelope('bytea', version, body)).toString('hex')).toBe(vector.bytes)
  for (const stored of [vector.text, hex(vector.bytes)]) {
    const read = readEnvelope(stored)
    expect(read?.keyVersion).toBe(version)
    expect(openBytes(key, context(head, tenant, id), read?.body ?? Buffer.alloc(0))).toEqual(
      hex(vector.plain),
    )
  }
})

test.each(terms)('term: $name', ({ unwrapped, scope, version, tenant, value, normalise, bits, term }) => {
  const secret = columnKey(hex(unwrapped), { purpose: 'index', scope, version })
  const bytes = codecs.string.encode(normalisers[normalise].apply(value)) ?? Buffer.alloc(0)
  expect(indexTerm({ version, secret }, tenant, bytes, bits)).toBe(term)
})
