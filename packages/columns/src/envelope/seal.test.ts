import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { context, contextHead, idText } from './context.ts'
import { isEnvelope, readEnvelope, type Storage, writeEnvelope } from './envelope.ts'
import { OVERHEAD, openBytes, sealBytes } from './seal.ts'

const key = createSecretKey(randomBytes(32))
const place = { table: 'users', column: 'email' }
const at = (tenant: string, ...id: string[]) => Buffer.from(context(contextHead(place, 1, 1), tenant, id))
const here = at('acme', '7')

/** The whole way back, as a column goes it. */
function opened(stored: string | Uint8Array, where: Buffer): Buffer | null {
  const envelope = readEnvelope(stored)
  return envelope === null || envelope.keyVersion !== 1 ? null : openBytes(key, where, envelope.body)
}

const storages: readonly Storage[] = ['text', 'bytea']

test.each(storages)('what is sealed is opened, of any length and at any place: %s', (storage) => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary' }),
      fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
      (value, tenant, id) => {
        const plain = Buffer.from(value)
        const stored = writeEnvelope(storage, 1, sealBytes(key, at(tenant, ...id), plain))
        expect(isEnvelope(stored)).toBe(true)
        expect(opened(stored, at(tenant, ...id))).toEqual(plain)
      },
    ),
    { numRuns: 200 },
  )
})

test('places are told apart wherever the border between two of their parts runs', () => {
  const place = fc.tuple(
    fc.string({ maxLength: 4 }),
    fc.string({ maxLength: 4 }),
    fc.string({ maxLength: 4 }),
    fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  )
  const encoded = ([table, column, tenant, id]: readonly [string, string, string, string[]]) =>
    Buffer.from(context(contextHead({ table, column }, 1, 1), tenant, id)).toString('hex')
  fc.assert(
    fc.property(place, place, (one, other) => {
      expect(encoded(one) === encoded(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})

const plain = Buffer.from('kari')
const stored = (storage: Storage) => writeEnvelope(storage, 1, sealBytes(key, here, plain))

test.each(storages)('no flipped bit goes unseen: %s', (storage) => {
  const original = Buffer.from(stored(storage))
  for (let bit = 0; bit < original.length * 8; bit += 1) {
    const flipped = Buffer.from(original)
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    expect(opened(storage === 'text' ? flipped.toString('latin1') : flipped, here), `bit ${bit}`).toBeNull()
  }
})

test.each(storages)('nothing cut short, lengthened or joined is opened: %s', (storage) => {
  const original = Buffer.from(stored(storage))
  const wrong = [
    ...Array.from(original, (_, length) => original.subarray(0, length)),
    Buffer.concat([original, Buffer.of(65)]),
    Buffer.concat([original, original]),
    Buffer.concat([Buffer.of(32), original]),
  ]
  for (const bytes of wrong)
    expect(
      opened(storage === 'text' ? bytes.toString('latin1') : bytes, here),
      String(bytes.length),
    ).toBeNull()
})

const [text] = [String(stored('text'))]
const body = text.slice('hevd:c1:1:'.length)
const misspelt: readonly [string, string][] = [
  ['another version of the format', `hevd:c2:1:${body}`],
  ['no key version', `hevd:c1::${body}`],
  ['key version 0', `hevd:c1:0:${body}`],
  ['a key version with a leading zero', `hevd:c1:01:${body}`],
  ['a key version with a sign', `hevd:c1:+1:${body}`],
  ['a key version in hexadecimal', `hevd:c1:0x1:${body}`],
  ['a key version above four bytes', `hevd:c1:4294967297:${body}`],
  ['padding', `${text}=`],
  ['space at the end', `${text} `],
  ['a line break inside', `${text.slice(0, 40)}\n${text.slice(40)}`],
  [
    'the other base64 alphabet',
    text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .replace(/[A-Za-z]$/, '/'),
  ],
  ['capital letters in the prefix', text.replace('hevd', 'HEVD')],
  ['nothing but the prefix', 'hevd:c1:'],
  ['no body', 'hevd:c1:1:'],
  ['a body of one byte less than the least', `hevd:c1:1:${Buffer.alloc(OVERHEAD - 1).toString('base64url')}`],
  ['a body of zeroes', `hevd:c1:1:${Buffer.alloc(OVERHEAD + 4).toString('base64url')}`],
]
test.each(misspelt)('not opened: %s', (_, given) => {
  expect(opened(given, here)).toBeNull()
})

const elsewhere: readonly [string, Buffer][] = [
  ['row', at('acme', '8')],
  ['row whose id has one part more', at('acme', '7', '')],
  ['tenant', at('acne', '7')],
  ['tenant and row with the border moved', at('acme7', '')],
  ['table', Buffer.from(context(contextHead({ ...place, table: 'people' }, 1, 1), 'acme', ['7']))],
  ['column', Buffer.from(context(contextHead({ ...place, column: 'phone' }, 1, 1), 'acme', ['7']))],
  ['type', Buffer.from(context(contextHead(place, 1, 7), 'acme', ['7']))],
  ['key version', Buffer.from(context(contextHead(place, 2, 1), 'acme', ['7']))],
]
test.each(elsewhere)('not opened in another %s', (_, where) => {
  expect(opened(stored('text'), here)).toEqual(plain)
  expect(opened(stored('text'), where)).toBeNull()
})

test('not opened with another key, nor with a part of two envelopes', () => {
  const envelope = sealBytes(key, here, plain)
  const second = sealBytes(key, here, plain)
  expect(openBytes(createSecretKey(randomBytes(32)), here, envelope)).toBeNull()
  for (const border of [24, 56, envelope.length - 16])
    expect(
      openBytes(key, here, Buffer.concat([envelope.subarray(0, border), second.subarray(border)])),
    ).toBeNull()
})

test('one value sealed many times is another envelope each time, in salt, commitment and ciphertext', () => {
  const all = Array.from({ length: 600 }, () => sealBytes(key, here, plain))
  for (const [from, to] of [
    [0, 24],
    [24, 56],
    [56, 60],
  ] as const)
    expect(new Set(all.map((each) => each.toString('hex', from, to))).size).toBeGreaterThan(595)
})

test('an id is one text, whatever the driver makes of it', () => {
  expect([12, 12n, '12'].map((id) => idText(id, 't'))).toEqual(['12', '12', '12'])
  expect(idText('018F3C1E-7B2A-7CC3-9D52-0A1B2C3D4E5F', 't')).toBe('018f3c1e-7b2a-7cc3-9d52-0a1b2c3d4e5f')
  for (const unfit of [1.5, Number.NaN, 2 ** 53, true, null, undefined, {}, new Date(0), '\ud800'])
    expect(() => idText(unfit, 't'), String(unfit)).toThrow(expect.objectContaining({ code: 'row-id-unfit' }))
})
