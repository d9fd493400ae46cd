import { describe, expect, test } from 'vitest'
import { contextOf, plainText, tallyOf } from './index.ts'
import { withAccountDigit } from './made.fixture.ts'
import { cardNumber } from './numbers/card.ts'
import { luhn } from './numbers/checksums.ts'
import { birth } from './planted.fixture.ts'

const tallied = (values: readonly string[], column = 'v') => {
  const tally = tallyOf(contextOf(column))
  for (const value of values) tally.add(value)
  return tally
}
const sixteen = (n: number) => `45395787${String(63_600_000 + n * 37).padStart(8, '0')}`
const withLuhn = (n: number) =>
  Array.from({ length: 10 }, (_, last) => sixteen(n).slice(0, 15) + last).find(luhn) ?? ''

describe('a column of numbers with control digits', () => {
  test('cards in every row are cards', () => {
    const cards = Array.from({ length: 200 }, (_, n) => withLuhn(n))
    expect(tallied(cards).found()).toEqual([
      { detector: 'card-number', kind: 'card', count: 200, confidence: 'medium', lines: null },
    ])
  })
  test('as many as chance gives are shown and not judged by', () => {
    const numbers = Array.from({ length: 500 }, (_, n) => sixteen(n))
    const fitting = numbers.filter(luhn).length
    expect(fitting).toBeGreaterThan(20)
    expect(tallied(numbers).found()).toEqual([
      { detector: 'card-number', kind: 'card', count: fitting, confidence: 'low', lines: null },
    ])
  })
  test('the same in a column that says card are cards, every one', () => {
    const numbers = Array.from({ length: 500 }, (_, n) => sixteen(n))
    expect(tallied(numbers, 'card_no').found()).toMatchObject([
      { confidence: 'high', count: numbers.filter(luhn).length },
    ])
  })
  test('one alone says nothing of chance', () => {
    expect(tallied([withLuhn(1), 'text', '12']).found()).toMatchObject([{ count: 1, confidence: 'medium' }])
    expect(cardNumber.chance).toBe(0.1)
  })
  test('account numbers without a word are no birth numbers, though some fit by chance', () => {
    const accounts = Array.from({ length: 4000 }, (_, n) => withAccountDigit(String(1_201_500_000 + n * 101)))
    const found = tallied(accounts).found()
    expect(found).toMatchObject([{ detector: 'birth-number', confidence: 'low' }])
    expect(found[0]?.count).toBeGreaterThan(20)
  })
  test('one birth number among a thousand others is more than chance gives', () => {
    const others = Array.from({ length: 900 }, (_, n) => String(99_000_000_000 + n * 7))
    expect(tallied([...others, birth]).found()).toMatchObject([
      { detector: 'birth-number', count: 1, confidence: 'medium' },
    ])
  })
})

test('a value counts once for each detector, encrypted ones apart, lines by their first and last', () => {
  const tally = tallyOf(plainText)
  tally.add('kari@example.no ola@example.no', 3)
  tally.add('nothing', 4)
  tally.add('hevd:c1:3:AAAA kari@example.no', 5)
  tally.add('ola@example.no', 9)
  tally.add(new Uint8Array([0x68, 0x76, 0x63, 1, 0, 0, 0, 1]), 10)
  tally.add(new TextEncoder().encode('kari@example.no'), 11)
  tally.add(new Uint8Array([0xff, 0xd8, 0xff]), 12)
  expect(tally).toMatchObject({ values: 7, encrypted: 2, binary: 1 })
  expect(tally.found()).toEqual([
    { detector: 'email', kind: 'email', count: 3, confidence: 'high', lines: [3, 11] },
  ])
})
