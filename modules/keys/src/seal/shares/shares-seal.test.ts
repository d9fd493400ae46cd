import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { SealedRoot } from '../seal.ts'
import { readShare, writeShare } from './share-text.ts'
import { sharesSeal } from './shares-seal.ts'

const context = Buffer.from('0199a4c2-0000-7000-8000-000000000001')
const custodians = ['ane', 'bo', 'cleo', 'dag', 'eli']
const now = Date.parse('2026-03-02T09:00:00Z')
const minutes = (count: number) => now + count * 60_000
const seal = sharesSeal('PT15M')

/** A root key shared out, all shares taken. */
async function shared(threshold = 3, of = custodians, rootKey: Buffer = randomBytes(32)) {
  const sharing = await seal.wrap(rootKey, context, { threshold, custodians: of })
  const shares = new Map(of.map((custodian) => [custodian, sharing.take(custodian)]))
  const { sealed } = sharing
  const ceremony = seal.ceremony()
  const give = (custodian: string, share = shares.get(custodian) ?? '', at = now) =>
    ceremony.offer(sealed, context, { custodian, share, now: at })
  return { rootKey, sealed, shares, ceremony, give }
}

describe('sharing out', () => {
  test('each custodian takes their own share, once', async () => {
    const sharing = await seal.wrap(randomBytes(32), context, { threshold: 2, custodians })
    expect(sharing.waitsFor()).toEqual(custodians)
    expect(sharing.take('bo')).toMatch(/^HEVD1-/)
    expect(sharing.waitsFor()).toEqual(['ane', 'cleo', 'dag', 'eli'])
    expect(() => sharing.take('bo')).toThrow(expect.objectContaining({ code: 'share-taken' }))
    expect(() => sharing.take('fie')).toThrow(expect.objectContaining({ code: 'not-custodian' }))
    sharing.discard()
    expect(sharing.waitsFor()).toEqual([])
    expect(() => sharing.take('ane')).toThrow(expect.objectContaining({ code: 'share-taken' }))
  })

  test.each<[number, readonly string[]]>([
    [1, custodians],
    [6, custodians],
    [2, ['ane']],
    [2, ['ane', 'ane', 'bo']],
    [2, Array.from({ length: 17 }, (_, at) => `c${at}`)],
  ])('not %i of %j', async (threshold, of) => {
    await expect(seal.wrap(randomBytes(32), context, { threshold, custodians: of })).rejects.toMatchObject({
      code: 'not-valid-sharing',
    })
  })

  test('what is stored tells who and how many, and holds neither the root key nor a share', async () => {
    const { rootKey, sealed, shares } = await shared()
    expect(seal.planOf(sealed)).toEqual({ threshold: 3, custodians })
    const stored = JSON.stringify(sealed)
    const values = [...shares.values()].map((share) => readShare(share).value)
    for (const secret of [rootKey, ...values])
      for (const form of ['hex', 'base64', 'base64url'] as const)
        expect(stored).not.toContain(secret.toString(form))
    expect(JSON.parse(stored)).toEqual(sealed)
  })
})

describe('a ceremony', () => {
  test('opens with the last share that is needed, and is over', async () => {
    const { rootKey, sealed, ceremony, give } = await shared()
    expect(ceremony.progress(sealed, now)).toEqual({ threshold: 3, custodians, given: [], expiresAt: null })
    expect(await give('dag')).toBeNull()
    expect(await give('ane')).toBeNull()
    expect(ceremony.progress(sealed, now)).toMatchObject({ given: ['dag', 'ane'], expiresAt: minutes(15) })
    expect(await give('eli')).toEqual(rootKey)
    expect(ceremony.progress(sealed, now)).toMatchObject({ given: [], expiresAt: null })
  })

  test('all sixteen of sixteen', async () => {
    const many = Array.from({ length: 16 }, (_, at) => `custodian ${at}`)
    const { rootKey, give } = await shared(16, many)
    const last = many.pop() ?? ''
    for (const custodian of many) expect(await give(custodian)).toBeNull()
    expect(await give(last)).toEqual(rootKey)
  })

  test('the same share twice counts once', async () => {
    const { sealed, ceremony, give } = await shared(2)
    await give('ane')
    expect(await give('ane')).toBeNull()
    expect(ceremony.progress(sealed, now).given).toEqual(['ane'])
  })

  test('forgets what was given after a quarter of an hour from the first share', async () => {
    const { rootKey, sealed, ceremony, give } = await shared(2)
    await give('ane')
    expect(ceremony.progress(sealed, minutes(14)).given).toEqual(['ane'])
    expect(await give('bo', undefined, minutes(15))).toBeNull()
    expect(ceremony.progress(sealed, minutes(15))).toMatchObject({ given: ['bo'], expiresAt: minutes(30) })
    expect(await give('ane', undefined, minutes(16))).toEqual(rootKey)
  })

  test('forgets what was given when it is reset', async () => {
    const { sealed, ceremony, give } = await shared(2)
    await give('ane')
    ceremony.reset()
    expect(ceremony.progress(sealed, now)).toMatchObject({ given: [], expiresAt: null })
    expect(await give('bo')).toBeNull()
  })

  test('takes a custodian’s own share alone, and names what is wrong with another at once', async () => {
    const { shares, sealed, ceremony, give } = await shared(2)
    const other = await shared(2)
    const own = readShare(shares.get('ane') ?? '')
    const forged = writeShare({ ...own, value: Buffer.alloc(32, 1) })
    const mistyped = (shares.get('ane') ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    await give('eli')
    await expect(give('ane', shares.get('bo'))).rejects.toMatchObject({ code: 'share-of-another' })
    await expect(give('fie', shares.get('bo'))).rejects.toMatchObject({ code: 'not-custodian' })
    await expect(give('ane', other.shares.get('ane'))).rejects.toMatchObject({ code: 'share-of-another-set' })
    await expect(give('ane', mistyped)).rejects.toMatchObject({ code: 'share-mistyped' })
    await expect(give('ane', forged)).rejects.toMatchObject({ code: 'share-wrong' })
    expect(ceremony.progress(sealed, now).given).toEqual(['eli'])
  })

  test('where the shares are right and what is stored was altered, it does not open', async () => {
    const { sealed, shares, ceremony, rootKey } = await shared(2)
    const open = async (altered: SealedRoot, at: Buffer, by = ['ane', 'bo']) => {
      let opened: Buffer | null = null
      for (const custodian of by)
        opened = await ceremony.offer(altered, at, { custodian, share: shares.get(custodian) ?? '', now })
      return opened
    }
    const fails = { code: 'seal-does-not-open' }
    await expect(open(sealed, Buffer.from('another organisation'))).rejects.toMatchObject(fails)
    await expect(open({ ...sealed, box: flipped(String(sealed.box)) }, context)).rejects.toMatchObject(fails)
    await expect(open({ ...sealed, threshold: 3 }, context, ['ane', 'bo', 'cleo'])).rejects.toMatchObject(
      fails,
    )
    await expect(open({ ...sealed, format: 2 }, context)).rejects.toMatchObject({
      code: 'sealed-root-not-readable',
    })
    expect(await open(sealed, context)).toEqual(rootKey)
  })

  test('a custodian put in another’s place in the database opens nothing', async () => {
    const { sealed, shares, ceremony } = await shared(2)
    const altered: SealedRoot = JSON.parse(JSON.stringify(sealed).replace('"ane"', '"mallory"'))
    await ceremony.offer(altered, context, { custodian: 'mallory', share: shares.get('ane') ?? '', now })
    await expect(
      ceremony.offer(altered, context, { custodian: 'bo', share: shares.get('bo') ?? '', now }),
    ).rejects.toMatchObject({ code: 'seal-does-not-open' })
  })
})

test('shared anew, for others: the old shares are of another set, and the lost one opens nothing', async () => {
  const before = await shared(2)
  await before.give('ane')
  const rootKey = await before.give('bo')
  if (rootKey === null) throw new Error('Two of two did not open')
  const after = await shared(2, ['ane', 'bo', 'fie'], rootKey)
  await expect(after.give('ane', before.shares.get('ane'))).rejects.toMatchObject({
    code: 'share-of-another-set',
  })
  await expect(after.give('eli', before.shares.get('eli'))).rejects.toMatchObject({ code: 'not-custodian' })
  await after.give('fie')
  expect(await after.give('ane')).toEqual(before.rootKey)
})

test('a ceremony that goes on while the shares are shared anew begins again', async () => {
  const before = await shared(2)
  const after = await shared(2, custodians, before.rootKey)
  await before.give('ane')
  const share = after.shares.get('bo') ?? ''
  expect(await before.ceremony.offer(after.sealed, context, { custodian: 'bo', share, now })).toBeNull()
  expect(before.ceremony.progress(after.sealed, now).given).toEqual(['bo'])
})

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  bytes[20] = (bytes[20] ?? 0) ^ 1
  return bytes.toString('base64')
}
