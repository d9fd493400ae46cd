import { describe, expect, test } from 'vitest'
import { type Erased, lookupsOf, namePattern, saysOf, scrubbed } from './erased.ts'

const kari: Erased = {
  person: '22',
  names: ['Kari Nord', 'kari.nord@hei.no', 'a+b (c)', 'Anne-Lise/x'],
  accounts: ['h1/karin'],
}

describe('what names an erased person', () => {
  test.each([
    ['Kari Nord', 'erased'],
    ['«kari NORD» er syk', '«erased» er syk'],
    ['Kari  Nord', 'erased'],
    ['Kari Nordmann', 'Kari Nordmann'],
    ['Rakari Nord', 'Rakari Nord'],
    ['Kari Nordø', 'Kari Nordø'],
    ['<kari.nord@hei.no>', '<erased>'],
    ['kari.nord@hei.nord', 'kari.nord@hei.nord'],
    ['xa+b (c)', 'xa+b (c)'],
    ['(a+b (c))', '(erased)'],
    ['hei anne-lise/x', 'hei erased'],
    ['22', '22'],
  ])('%s reads %s', (text, clean) => {
    expect(scrubbed({ deep: [text] }, kari, { ids: false })).toEqual({ deep: [clean] })
  })

  test('a number is theirs only where something is known to speak of them', () => {
    const params = { owner: '22', ports: ['22', '2222'], account: 'h1/karin', login: 'karin', count: 22 }
    expect(scrubbed(params, kari, { ids: true })).toEqual({
      owner: 'erased',
      ports: ['erased', '2222'],
      account: 'erased',
      login: 'erased',
      count: 22,
    })
    expect(scrubbed(params, { ...kari, accounts: [] }, { ids: false })).toEqual(params)
  })

  test.each([
    ['person', { id: '22' }, true],
    ['person', { id: '2', sponsor: '22' }, true],
    ['person', { id: '2', sponsor: null, name: 'Kari Nordmann' }, false],
    ['account-owner', { account: 'h2/x', owner: { kind: 'person', id: '22' } }, true],
    ['account-owner', { account: 'h2/x', owner: { kind: 'service', id: '22' } }, false],
    ['access-grant', { holder: { kind: 'person', id: '1' }, approvedBy: '22' }, true],
    ['listening-socket', { host: 'h1', program: '22' }, false],
    ['group', { host: 'h1', members: ['karin'] }, true],
    ['group', { host: 'h2', members: ['karin'] }, false],
    ['managed-device', { user: 'KARI.NORD@hei.no' }, true],
  ])('a %s of %o says something of them: %s', (type, value, says) => {
    expect(saysOf(kari)(type, value)).toBe(says)
  })

  test('nobody is searched for by nothing', () => {
    expect(namePattern({ names: [] })).toBeNull()
    expect(lookupsOf({ person: null })).toEqual(new Set())
    expect(lookupsOf(kari)).toContain('access-grant|ofHolder|person/22')
  })
})
