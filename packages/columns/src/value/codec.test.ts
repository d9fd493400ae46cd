import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codecs, encodeValue, type ValueType } from './codec.ts'

const values: { readonly [T in ValueType]: fc.Arbitrary<unknown> } = {
  string: fc.string({ unit: 'binary' }),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  boolean: fc.boolean(),
  bigint: fc.bigInt(),
  date: fc.date({ noInvalidDate: true }),
  json: fc.jsonValue().filter((value) => value !== null),
  bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
}
const types = Object.keys(values) as ValueType[]

test.each(types)('a %s comes back as it was', (type) => {
  fc.assert(
    fc.property(values[type], (value) => {
      const bytes = encodeValue(type, value, 't.c')
      const back = codecs[type].decode(bytes)
      if (type === 'json') expect(JSON.stringify(back)).toBe(JSON.stringify(value))
      else expect(back).toEqual(value)
    }),
  )
})

const unfit: readonly [ValueType, unknown][] = [
  ['string', 1],
  ['string', '\ud800'],
  ['number', '1'],
  ['number', Number.NaN],
  ['number', Number.POSITIVE_INFINITY],
  ['boolean', 1],
  ['bigint', 1],
  ['date', '2026-01-01'],
  ['date', new Date(Number.NaN)],
  ['json', undefined],
  ['json', 1n],
  ['json', () => 1],
  ['bytes', 'ab'],
]
test.each(unfit)('not a %s: %s', (type, value) => {
  expect(() => encodeValue(type, value, 't.c')).toThrow(expect.objectContaining({ code: 'value-unfit' }))
})

test('a length tells nothing of a truth, a number or a moment', () => {
  const lengths = (type: ValueType, ...given: unknown[]) =>
    new Set(given.map((value) => encodeValue(type, value, 't.c').length))
  expect(lengths('boolean', true, false)).toEqual(new Set([1]))
  expect(lengths('number', 0, -1e300, 0.1)).toEqual(new Set([8]))
  expect(lengths('date', new Date(0), new Date(8.64e15))).toEqual(new Set([8]))
  expect(lengths('bigint', 0n, -1n, 2n ** 63n - 1n)).toEqual(new Set([8]))
  expect(lengths('bigint', 2n ** 63n)).toEqual(new Set([16]))
})

const printed: readonly [ValueType, string, unknown][] = [
  ['string', '', ''],
  ['number', '-12.50', -12.5],
  ['number', '1e-07', 1e-7],
  ['number', 'NaN', null],
  ['number', '12 kr', null],
  ['boolean', 't', true],
  ['boolean', 'false', false],
  ['boolean', 'yes', null],
  ['bigint', '-170141183460469231731687303715884105728', -(2n ** 127n)],
  ['bigint', '1.0', null],
  ['date', '2026-01-31 12:00:00.123456+01', new Date('2026-01-31T11:00:00.123Z')],
  ['date', '2026-01-31 12:00:00+05:30', new Date('2026-01-31T06:30:00Z')],
  ['date', '2026-01-31T12:00Z', new Date('2026-01-31T12:00:00Z')],
  ['date', '2026-01-31', new Date('2026-01-31T00:00:00Z')],
  ['date', '2026-01-31 12:00:00', null],
  ['date', '31.01.2026', null],
  ['json', '{"a": 1}', { a: 1 }],
  ['json', '{a: 1}', null],
]
test.each(printed)('plain %s, as PostgreSQL prints it: %s', (type, text, value) => {
  expect(codecs[type].fromText(text)).toEqual(value)
})
