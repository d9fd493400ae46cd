import type { Locale } from '@hevd/core'
import type { ControlTerms, Group, LanguageTerms, ParameterTerms, Term, Vocabulary } from './vocabulary.ts'
import { formOf, stemOf, type Word } from './words.ts'

/** Where a term was found: words `from` up to and without `to`. */
export type Hit = { readonly term: Term; readonly from: number; readonly to: number }

/** The hits of any group of the vocabulary in some words, in their order. */
export type Find = (group: Group) => readonly Hit[]

type Matcher = (word: Word) => boolean
type Step = Matcher | 'gap'
type Entry = { readonly group: Group; readonly term: Term; readonly rest: readonly Step[] }

const longestGap = 3

/**
 * Every term of a vocabulary in one language, by its first word: what a sentence costs goes by the terms it holds, not
 * by the size of the vocabulary.
 */
export class Lexicon {
  readonly language: Locale
  private readonly entries = new Map<string, Entry[]>()
  private readonly matchers: readonly (readonly [string, Matcher])[]
  private readonly known = new Map<string, readonly Entry[]>()

  constructor(vocabulary: Vocabulary, language: Locale) {
    this.language = language
    for (const group of groupsOf(vocabulary, language)) for (const term of group) this.add(group, term)
    this.matchers = [...this.entries.keys()].map((written) => [written, matcherOf(written, language)])
  }

  find(words: readonly Word[]): Find {
    const hits = new Map<Group, Hit[]>()
    words.forEach((word, from) => {
      for (const { group, term, rest } of this.beginningWith(word)) {
        const to = follow(rest, words, from + 1)
        if (to === null) continue
        const own = hits.get(group)
        if (own === undefined) hits.set(group, [{ term, from, to }])
        else own.push({ term, from, to })
      }
    })
    return (group) => hits.get(group) ?? []
  }

  private add(group: Group, term: Term): void {
    if (term === '^') return
    const [first = '', ...rest] = term.replaceAll('24/7', '24x7').split(/[\s-]+/)
    const steps = rest.map((written) => stepOf(written, this.language))
    for (const written of first.split('/')) {
      const entries = this.entries.get(written) ?? []
      entries.push({ group, term, rest: steps })
      this.entries.set(written, entries)
    }
  }

  private beginningWith(word: Word): readonly Entry[] {
    const known = this.known.get(word.text)
    if (known !== undefined) return known
    const found = this.matchers.flatMap(([written, matches]) =>
      matches(word) ? (this.entries.get(written) ?? []) : [],
    )
    this.known.set(word.text, found)
    return found
  }
}

function groupsOf(vocabulary: Vocabulary, language: Locale): Set<Group> {
  const ofTerms = (control: ControlTerms): Group[] => {
    const { names, says, not, against, parameters }: LanguageTerms = control[language]
    const some = [names, not, against].filter((group) => group !== undefined)
    return [...some, ...(says ?? []).flat(), ...Object.values(parameters ?? {}).flatMap(ofParameter)]
  }
  return new Set([vocabulary.noPromise[language], ...vocabulary.controls.flatMap(ofTerms)])
}

function ofParameter(terms: ParameterTerms): Group[] {
  if ('values' in terms) return Object.values(terms.values)
  const aside = [...(terms.near ?? []), ...(terms.against === undefined ? [] : [terms.against])]
  return terms.as === 'number' ? [terms.of, ...aside] : aside
}

function stepOf(written: string, language: Locale): Step {
  if (written === '..') return 'gap'
  const either = written.split('/').map((each) => matcherOf(each, language))
  return (word) => either.some((matches) => matches(word))
}

function matcherOf(written: string, language: Locale): Matcher {
  if (/^\p{Lu}{2,}$/u.test(written)) return (word) => word.text === written
  const form = formOf(written.replaceAll('*', ''), language)
  const [open, close] = [written.startsWith('*'), written.endsWith('*')]
  if (open && close) return (word) => word.form.includes(form)
  if (close) return (word) => word.form.startsWith(form)
  const stem = stemOf(form, language)
  if (open) return (word) => word.form.endsWith(form) || word.stem.endsWith(stem)
  return (word) => word.form === form || word.stem === stem
}

/** The word after the last one that the steps take from `at` on, or null. */
function follow(steps: readonly Step[], words: readonly Word[], at: number): number | null {
  const [step, ...rest] = steps
  if (step === undefined) return at
  if (step === 'gap') {
    for (let skipped = 0; skipped <= longestGap; skipped++) {
      const to = follow(rest, words, at + skipped)
      if (to !== null) return to
    }
    return null
  }
  const word = words[at]
  return word !== undefined && step(word) ? follow(rest, words, at + 1) : null
}
