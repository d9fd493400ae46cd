import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsDifference } from './difference.ts'

const word = fc.constantFrom('vi', 'retter', 'feil', 'raskt,', 'innen', '14', 'dager.', '\n')
const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '))
const put = (kinds: readonly string[], pieces: ReturnType<typeof wordsDifference>) =>
  pieces
    .filter(({ kind }) => kinds.includes(kind))
    .map((piece) => piece.text)
    .join('')

test('the pieces make up both wordings again, and neighbours are of different kinds', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = wordsDifference(before, after)
      expect(put(['same', 'removed'], pieces)).toBe(before)
      expect(put(['same', 'added'], pieces)).toBe(after)
      for (const [index, piece] of pieces.entries()) expect(piece.kind).not.toBe(pieces[index + 1]?.kind)
    }),
  )
})

test.each([
  [
    'a word in the middle',
    'within 14 days at most',
    'within 7 days at most',
    ['within ', '-14 ', '+7 ', 'days at most'],
  ],
  ['nothing', 'the same', 'the same', ['the same']],
  ['all of it', 'one', 'other', ['-one', '+other']],
  ['from nothing', '', 'words', ['+words']],
  ['a word moved', 'a b c', 'b c a', ['-a ', '+b c ', '=']],
])('%s', (_name, before, after, expected) => {
  const signs = { same: '', removed: '-', added: '+' }
  const said = wordsDifference(before, after).map(({ kind, text: piece }) => `${signs[kind]}${piece}`)
  if (expected.at(-1) !== '=') expect(said).toEqual(expected)
  else expect(put(['same'], wordsDifference(before, after)).length).toBeGreaterThan(0)
})
