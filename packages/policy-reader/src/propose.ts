import type { Find, Hit, Lexicon } from './lexicon.ts'
import type { Group, LanguageTerms, Reading } from './vocabulary.ts'
import { type Word, wordsOf } from './words.ts'

/** A word or phrase that decided; `start` is where it begins in the sentence, in UTF-16 units, or null where it stands above. */
export type EvidenceWord = {
  readonly text: string
  readonly where: 'sentence' | 'above'
  readonly start: number | null
}

/** Why a sentence belongs to a control: the words that decided it. */
export type Evidence = {
  /** `sure`: the sentence says all of it; `likely`: part of it stands above. */
  readonly strength: 'sure' | 'likely'
  readonly words: readonly EvidenceWord[]
}

/** A sentence as it is heard: its words, and those of what stands above it, nearest first. */
export type Heard = {
  readonly text: string
  readonly words: readonly Word[]
  readonly above: readonly (readonly Word[])[]
  readonly lexicon: Lexicon
}

export function hear(text: string, above: readonly string[], lexicon: Lexicon): Heard {
  const { language } = lexicon
  return {
    text,
    words: wordsOf(text, language),
    above: above.map((each) => wordsOf(each, language)),
    lexicon,
  }
}

/** Words that two groups of a reading may be apart, at most. */
const widest = 22

/** How near a word that speaks against must be to the words that speak for. */
const nearby = 12

/** What a semicolon parts is heard apart, with what comes before it as if it stood above. */
export function partsOf(heard: Heard): Part[] {
  const ends = [...heard.text.matchAll(/;/g)].map(({ index }) => index)
  return [...ends, heard.text.length].map((end, at) => {
    const begin = ends[at - 1] ?? 0
    const words = heard.words.filter(({ start }) => start >= begin && start < end)
    const before = heard.words.filter(({ start }) => start < begin)
    const { text, lexicon } = heard
    return {
      quote: ({ from, to }) => {
        const start = words[from]?.start ?? 0
        return { text: text.slice(start, words[to - 1]?.end), where: 'sentence', start }
      },
      find: lexicon.find(words),
      above: [before, ...heard.above].map((each) => ({ words: each, find: lexicon.find(each) })),
    }
  })
}

/** A part of a sentence, looked through once for all controls. */
type Part = {
  quote(hit: Hit): EvidenceWord
  readonly find: Find
  readonly above: readonly { readonly words: readonly Word[]; readonly find: Find }[]
}

/**
 * The words for which a sentence belongs to a control; null where it does not. A name decides alone; a reading gives
 * way to a word against it nearby.
 */
export function evidenceFor(parts: readonly Part[], terms: LanguageTerms): Evidence | null {
  const found = parts.map((part) => evidenceIn(part, terms)).filter((each) => each !== null)
  return found.find(({ strength }) => strength === 'sure') ?? found[0] ?? null
}

function evidenceIn(part: Part, terms: LanguageTerms): Evidence | null {
  const masks = part.find(terms.not ?? [])
  const find: Find = (group) => part.find(group).filter((hit) => masks.every((mask) => apart(hit, mask)))
  const [name] = find(terms.names ?? [])
  if (name !== undefined) return { strength: 'sure', words: [part.quote(name)] }
  const against = part.find(terms.against ?? [])
  const found = (terms.says ?? [])
    .map((reading) => read(reading, find, against, part))
    .filter((each) => each !== null)
  return found.find(({ strength }) => strength === 'sure') ?? found[0] ?? null
}

function read(reading: Reading, find: Find, against: readonly Hit[], part: Part): Evidence | null {
  const groups = reading.map((group) => ({ mayStandAbove: group[0] === '^', group, hits: find(group) }))
  const own = groups.filter(({ mayStandAbove, hits }) => !mayStandAbove || hits.length > 0)
  const missing = groups.filter((each) => !own.includes(each))
  const chosen =
    nearest(own.map(({ hits }) => hits)) ??
    nearest(own.filter(({ mayStandAbove }) => !mayStandAbove).map(({ hits }) => hits))
  if (chosen === null || chosen.length === 0) return null
  const lacking = chosen.length === own.length ? missing : groups.filter(({ mayStandAbove }) => mayStandAbove)
  const above = lacking.map(({ group }) => standsAbove(group, part))
  if (above.some((each) => each === null)) return null
  const [from, to] = [Math.min(...chosen.map((hit) => hit.from)), Math.max(...chosen.map((hit) => hit.to))]
  if (against.some((hit) => hit.to > from - nearby && hit.from < to + nearby)) return null
  return {
    strength: lacking.length > 0 ? 'likely' : 'sure',
    words: [...inOrder(chosen).map((hit) => part.quote(hit)), ...above.filter((each) => each !== null)],
  }
}

function standsAbove(group: Group, { above }: Part): EvidenceWord | null {
  for (const { words, find } of above) {
    const [hit] = find(group)
    if (hit !== undefined)
      return {
        text: words
          .slice(hit.from, hit.to)
          .map(({ text }) => text)
          .join(' '),
        where: 'above',
        start: null,
      }
  }
  return null
}

/** One hit of each list, none sharing a word, all within the widest span; null where there is none. */
function nearest(lists: readonly (readonly Hit[])[], chosen: readonly Hit[] = []): Hit[] | null {
  const [list, ...rest] = lists
  if (list === undefined) return [...chosen]
  for (const hit of list) {
    const all = [...chosen, hit]
    const span = Math.max(...all.map(({ to }) => to)) - Math.min(...all.map(({ from }) => from))
    if (span > widest || !chosen.every((other) => apart(hit, other))) continue
    const found = nearest(rest, all)
    if (found !== null) return found
  }
  return null
}

function inOrder(hits: readonly Hit[]): Hit[] {
  return hits.toSorted((one, other) => one.from - other.from)
}

function apart(one: Hit, other: Hit): boolean {
  return one.to <= other.from || other.to <= one.from
}
