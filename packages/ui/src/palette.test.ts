import { expect, test } from 'vitest'
import { type Command, matching } from './palette.tsx'

const command = (group: string, title: string, also = ''): Command => ({
  id: title,
  group,
  title,
  also,
  run: () => undefined,
})
const commands = [
  command('Sider', 'Policy'),
  command('Sider', 'Personer', '/people'),
  command('Kontroller', 'Unike brukerkontoer', 'unique-accounts'),
  command('Kontroller', 'Policyen er publisert', 'policy-published'),
]
const found = (typed: string) => matching(commands, typed).map(({ title }) => title)

test('nothing typed offers everything, in its order', () => {
  expect(found('  ')).toEqual(commands.map(({ title }) => title))
})

test('every word must occur, in any order and form', () => {
  expect(found('KONTO unike')).toEqual(['Unike brukerkontoer'])
  expect(found('unique')).toEqual(['Unike brukerkontoer'])
  expect(found('unike personer')).toEqual([])
})

test('what begins with the word comes first, and groups stay together', () => {
  expect(found('poli')).toEqual(['Policyen er publisert', 'Policy'])
})
