import { describe, expect, test } from 'vitest'
import { readPolicy } from './read-policy.ts'
import type { LanguageTerms, Vocabulary } from './vocabulary.ts'

/** What a page says of one control with these terms: per sentence its strength and deciding words, `above^` above it. */
function heard(page: string, terms: LanguageTerms, language: 'nb' | 'en' = 'en'): string[] {
  const vocabulary: Vocabulary = {
    controls: [{ control: 'it', nb: terms, en: terms }],
    noPromise: { nb: ['planlegger'], en: ['not yet'] },
    options: new Map(),
  }
  const { sentences } = readPolicy({ name: 'page.md', bytes: Buffer.from(page) }, vocabulary, language)
  return sentences.map(({ proposals: [proposal], noPromise }) => {
    if (proposal === undefined) return noPromise === null ? '' : `(${noPromise})`
    const { strength, words } = proposal.evidence
    return `${strength}: ${words.map(({ text, where }) => (where === 'above' ? `${text}^` : text)).join(' + ')}`
  })
}

const reviews = { says: [[['firewall*'], ['review*']]] }
const apart = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'

describe('a sentence belongs', () => {
  test.each<[string, string, LanguageTerms, string]>([
    ['by a name alone', 'We do pen testing.', { names: ['pen test*'] }, 'sure: pen testing'],
    ['by one of each group, in any order', 'Reviews of the firewalls.', reviews, 'sure: Reviews + firewalls'],
    ['not by one group', 'We review much.', reviews, ''],
    ['not where the groups are far apart', `Firewall ${apart} ${apart} review.`, reviews, ''],
    ['not by one word twice', 'A firewall.', { says: [[['fire*'], ['firewall']]] }, ''],
    [
      'in all inflections',
      'Restoring is rehearsed.',
      { says: [[['restore'], ['rehearse']]] },
      'sure: Restoring + rehearsed',
    ],
    [
      'in either spelling',
      'Authorized in the program centre.',
      { says: [[['authoris*'], ['programme'], ['center']]] },
      'sure: Authorized + program + centre',
    ],
    [
      'by either of alternatives',
      'Nobody else.',
      { names: ['no one/body else', 'nobody else'] },
      'sure: Nobody else',
    ],
    [
      'over a gap of three words',
      'Limited to the very few.',
      { names: ['limited .. few'] },
      'sure: Limited to the very few',
    ],
    ['not over one of four', 'Limited to just the very few.', { names: ['limited .. few'] }, ''],
    ['by capitals where the term wants them', 'Data in the US.', { names: ['US'] }, 'sure: US'],
    ['not by the word in small letters', 'Data of us.', { names: ['US'] }, ''],
    [
      'not by words that mean something else',
      'The SSH keys are kept.',
      { says: [[['key*'], ['kept']]], not: ['ssh key*'] },
      '',
    ],
    [
      'not where a word nearby speaks against it',
      'Firewall code is reviewed.',
      { ...reviews, against: ['code'] },
      '',
    ],
    [
      'not where that word stands just before',
      'In code, firewalls are reviewed.',
      { ...reviews, against: ['code'] },
      '',
    ],
    [
      'where that word is far away',
      `Firewalls are reviewed ${apart} code.`,
      { ...reviews, against: ['code'] },
      'sure: Firewalls + reviewed',
    ],
    [
      'where a semicolon parts it from that word',
      'Firewalls are reviewed; code too.',
      { ...reviews, against: ['code'] },
      'sure: Firewalls + reviewed',
    ],
    ['not where it promises nothing yet', 'Firewalls are not yet reviewed.', reviews, '(not yet)'],
  ])('%s', (_how, page, terms, said) => expect(heard(page, terms)).toEqual([said]))

  test('likely, when a group that may stand above does', () => {
    const terms = { says: [[['rules'], ['review*'], ['^', 'firewall*']]] }
    expect(heard('# Firewalls\n\nThe rules are reviewed.', terms)).toEqual([
      'likely: rules + reviewed + Firewalls^',
    ])
    expect(heard('# Firewalls\n\nThe rules of the firewall are reviewed.', terms)).toEqual([
      'sure: rules + firewall + reviewed',
    ])
    expect(heard('# Visitors\n\nThe rules are reviewed.', terms)).toEqual([''])
    expect(heard('# Firewall\n\n# Visitors\n\nThe rules are reviewed.', terms)).toEqual([''])
  })

  test('by parts of Norwegian compounds', () => {
    const terms = { says: [[['brannmur*'], ['*gjennomgang*']]] }
    expect(heard('Brannmurreglene har en årsgjennomgang.', terms, 'nb')).toEqual([
      'sure: Brannmurreglene + årsgjennomgang',
    ])
  })

  test('in its own language on a page in two', () => {
    const page =
      'Vi har det bra, og vi er glade i det vi gjør for dere.\n\nThe firewalls of the company are reviewed by us and by the board.'
    expect(readPolicyLanguages(page)).toEqual(['nb', 'en'])
  })
})

function readPolicyLanguages(page: string): string[] {
  const vocabulary: Vocabulary = { controls: [], noPromise: { nb: [], en: [] }, options: new Map() }
  return readPolicy({ name: 'page.md', bytes: Buffer.from(page) }, vocabulary).sentences.map(
    ({ language }) => language,
  )
}
