import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeysError } from '../../errors.ts'
import { readShare, type Share, writeShare } from './share-text.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bytesOf = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes))
const shares = fc.record({ set: bytesOf(4), index: fc.integer({ min: 1, max: 16 }), value: bytesOf(32) })
/** A group, a character of it, and how far from the right one. */
const slips = fc.record({
  group: fc.integer({ min: 1, max: 16 }),
  at: fc.integer({ min: 0, max: 4 }),
  by: fc.integer({ min: 1, max: 31 }),
})

const share: Share = { set: Buffer.from('a1b2c3d4', 'hex'), index: 3, value: Buffer.alloc(32, 0x5a) }
const text = writeShare(share)

test('a share is `HEVD1` and sixteen groups of five characters that are not mistaken for one another', () => {
  expect(text).toMatch(/^HEVD1(-[0-9A-HJKMNP-TV-Z]{5}){16}$/)
})

test('reads what it wrote', () => {
  fc.assert(
    fc.property(shares, (each) => {
      expect(readShare(writeShare(each))).toEqual(each)
    }),
  )
})

test.each([
  ['lower case', text.toLowerCase()],
  ['no hyphens', text.replaceAll('-', '')],
  ['spaces, and lines', text.replaceAll('-', ' ').replace(/(.{24}) /g, '$1\n')],
  ['O for 0, I and l for 1', text.replaceAll('0', 'O').replace('1', 'I').replaceAll('1', 'l')],
  ['without its beginning', text.slice(6)],
])('reads it with %s', (_, typed) => expect(readShare(typed)).toEqual(share))

test('one wrong character anywhere is found, and its group named', () => {
  fc.assert(
    fc.property(shares, slips, (each, { group, at, by }) => {
      const groups = writeShare(each).split('-')
      const wrong = groups.map((piece, index) => (index === group ? slipped(piece, at, by) : piece))
      expect(faultOf(wrong.join('-'))).toMatchObject({ code: 'share-mistyped' })
      expect(faultOf(wrong.join('-')).message).toMatch(new RegExp(`Group ${group}\\.`))
    }),
  )
})

test('two characters that changed places are found, and their group named', () => {
  fc.assert(
    fc.property(
      shares,
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 0, max: 3 }),
      (each, group, at) => {
        const groups = writeShare(each).split('-')
        const piece = groups[group] ?? ''
        const turned = piece.slice(0, at) + piece.charAt(at + 1) + piece.charAt(at) + piece.slice(at + 2)
        fc.pre(turned !== piece)
        groups[group] = turned
        expect(faultOf(groups.join('-')).message).toMatch(new RegExp(`Group ${group}\\.`))
      },
    ),
  )
})

test('groups that changed places are found, and both named', () => {
  const groups = text.split('-')
  const turned = groups.map((piece, at) => (at === 3 ? groups[9] : at === 9 ? groups[3] : piece))
  expect(faultOf(turned.join('-')).words.nb).toMatch(/Gruppe 3, 9\./)
})

test('two wrong characters that agree with the check of their group are found by that of the whole', () => {
  const groups = text.split('-')
  const [one = '', two = '', three = '', four = '', check = ''] = groups[5] ?? ''
  groups[5] = one + two + three + differing(four, 1) + differing(check, 2)
  expect(faultOf(groups.join('-'))).toMatchObject({ code: 'share-mistyped' })
  expect(faultOf(groups.join('-')).message).not.toContain('Group')
})

test('whatever is wrong with it, it is never read as another share', () => {
  const wrong = fc.array(slips, { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(shares, wrong, (each, all) => {
      const groups = writeShare(each).split('-')
      for (const { group, at, by } of all) groups[group] = slipped(groups[group] ?? '', at, by)
      fc.pre(groups.join('-') !== writeShare(each))
      expect(faultOf(groups.join('-')).code).toBe('share-mistyped')
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['nothing', '', '0'],
  ['a missing character, groups run together', text.replaceAll('-', '').slice(0, -1), '79'],
  ['a group too many', `${text}-AAAAA`, '85'],
])('%s is told by its length', (_, typed, length) => {
  expect(faultOf(typed)).toMatchObject({ code: 'share-incomplete' })
  expect(faultOf(typed).message).toContain(length)
})

test('a missing character names the group where groups are apart', () => {
  const groups = text.split('-')
  groups[7] = groups[7]?.slice(1) ?? ''
  expect(faultOf(groups.join(' ')).words.en).toMatch(/Group 7\.$/)
})

/** The character whose symbol differs in these bits. */
const differing = (character: string, bits: number) => alphabet.charAt(alphabet.indexOf(character) ^ bits)

function slipped(piece: string, at: number, by: number): string {
  const wrong = alphabet.charAt((alphabet.indexOf(piece.charAt(at)) + by) % 32)
  return piece.slice(0, at) + wrong + piece.slice(at + 1)
}

function faultOf(typed: string): KeysError {
  try {
    readShare(typed)
  } catch (error) {
    if (error instanceof KeysError) return error
    throw error
  }
  throw new Error(`Was read: ${typed}`)
}
