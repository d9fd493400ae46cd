import { describe, expect, test } from 'vitest'
import { contextOf, detectors, look, plainText } from './index.ts'
import { withControls } from './made.fixture.ts'
import { account, birth, lookAlikes, type Made, sensitive } from './planted.fixture.ts'

const finds = ({ column, value }: Pick<Made, 'column' | 'value'>) => look(value, contextOf(column))
/** What judges would act on. */
const judged = (made: Pick<Made, 'column' | 'value'>) =>
  finds(made).filter(({ confidence }) => confidence !== 'low')

describe('forty kinds and more are found', () => {
  test.each(sensitive)('$what', (made) => {
    expect(judged(made).map(({ detector }) => detector)).toContain(made.by)
  })
  test('each of them in the midst of a line of a log, too', () => {
    const missed = sensitive
      .filter(({ by }) => !by.startsWith('named-') && !['aws-secret-key', 'twilio-auth-token'].includes(by))
      .filter(({ by, column, value }) => {
        const line = `2026-06-15T12:00:00Z app[4711] ${column === 'mobil' ? 'mobil' : 'got'}: ${value}; done`
        return !look(line, plainText).some(({ detector }) => detector === by)
      })
    expect(missed.map(({ what }) => what)).toEqual([])
  })
})

describe('forty look-alikes are left alone', () => {
  test.each(lookAlikes)('$what', (made) => {
    expect(judged(made)).toEqual([])
  })
})

test('there are at least forty of either, and no detector is untried', () => {
  expect(sensitive.length).toBeGreaterThanOrEqual(40)
  expect(lookAlikes.length).toBeGreaterThanOrEqual(40)
  const ids = detectors.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

describe('digits by what is said of them', () => {
  const by = (value: string, column = 'v', table = '', numeric = false) =>
    look(value, contextOf(column, table, numeric)).map(
      ({ detector, confidence }) => `${detector} ${confidence}`,
    )

  test.each<[string, string, string, string[]]>([
    ['alone it is one', birth, 'v', ['birth-number medium']],
    ['called so it is sure', birth, 'fnr', ['birth-number high']],
    ['called so in the text', `fødselsnummer: ${birth}`, 'note', ['birth-number high']],
    ['with a space', `${birth.slice(0, 6)} ${birth.slice(6)}`, 'v', ['birth-number medium']],
    ['within a longer number', `1${birth}`, 'v', []],
    ['within a word', `a${birth}`, 'v', []],
    ['an order’s', birth, 'order_id', []],
  ])('birth number: %s', (_name, value, column, expected) => {
    expect(by(value, column)).toEqual(expected)
  })

  test('a column of numbers has lost the leading zero', () => {
    const whole = withControls('050645912')
    expect(by(whole.slice(1), 'v', '', true)).toEqual(['birth-number medium'])
    expect(by(whole.slice(1), 'v')).toEqual([])
  })

  test('by the rules from 2032 only where it is called one, and made people’s only as such', () => {
    const later = withControls('150645913', 2)
    expect(by(later)).toEqual([])
    expect(by(later, 'fodselsnummer')).toEqual(['birth-number-2032 medium'])
    expect(by(withControls('158645912'), 'fnr')).toEqual(['synthetic-number low'])
  })

  test('eleven digits are an account only where they are called one or written 4.2.5', () => {
    expect(by(account)).toEqual([])
    expect(by(account, 'kontonummer')).toEqual(['bank-account high'])
    expect(by(`betales til konto ${account}`)).toEqual(['bank-account high'])
    expect(by(account, 'number', 'bank_accounts')).toEqual(['bank-account high'])
    // Every identity number fits an account's control digit, too: the word decides.
    expect(by(birth, 'kontonummer')).toEqual(['bank-account high'])
  })

  test('eight digits are a phone only where they are called one or written as one', () => {
    expect(by('91234567')).toEqual([])
    expect(by('tlf 91234567')).toEqual(['phone-norwegian high'])
    expect(by('22 33 44 55')).toEqual(['phone-norwegian medium'])
    expect(by('912 34 567')).toEqual(['phone-norwegian medium'])
  })
})
