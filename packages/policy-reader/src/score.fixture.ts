import type { Page } from './pages.fixture.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'
import type { Vocabulary } from './vocabulary.ts'

type Count = { found: number; missed: number; wrong: number }
export type Score = {
  readonly controls: ReadonlyMap<string, Count>
  readonly sentences: number
  readonly parameters: Count
  /** What went wrong, in words: for the one who tunes. */
  readonly faults: readonly string[]
  readonly unmatched: readonly string[]
}

/** Reads every page and holds what is proposed against its key. */
export function score(pages: readonly Page[], vocabulary: Vocabulary): Score {
  const controls = new Map(
    vocabulary.controls.map(({ control }) => [control, { found: 0, missed: 0, wrong: 0 }]),
  )
  const parameters = { found: 0, missed: 0, wrong: 0 }
  const faults: string[] = []
  const unmatched: string[] = []
  let sentences = 0
  for (const page of pages) {
    const read = readPolicy(page, vocabulary)
    sentences += read.sentences.length
    unmatched.push(...piecesNotIn(page, read))
    for (const sentence of read.sentences) {
      const keys = [...page.key]
        .filter(([piece]) => sentence.text.includes(piece))
        .map(([, expected]) => expected)
      const wanted = new Set(keys.flatMap((key) => key.controls))
      const either = new Set(keys.flatMap((key) => key.either))
      const values = new Map<string, string>(keys.flatMap((key) => [...key.parameters]))
      const proposed = new Map(sentence.proposals.map((proposal) => [proposal.control, proposal]))
      const say = (what: string) => faults.push(`${page.name}: ${what} | ${sentence.text}`)
      for (const [control, count] of controls) {
        if (wanted.has(control) && proposed.has(control)) count.found += 1
        else if (wanted.has(control)) {
          count.missed += 1
          say(`missed ${control}`)
        } else if (proposed.has(control) && !either.has(control)) {
          count.wrong += 1
          const why = proposed
            .get(control)
            ?.evidence.words.map(({ text, where }) => `${text}${where === 'above' ? '^' : ''}`)
          say(`wrong ${control} (${why?.join(' + ')})`)
        }
      }
      const stated = new Map<string, string>(
        sentence.proposals.flatMap(({ control, parameters: list }) =>
          list.flatMap(({ parameter, value }) =>
            value === null ? [] : [[`${control}.${parameter}`, String(value)] as const],
          ),
        ),
      )
      for (const [name, value] of values) {
        if (stated.get(name) === value) parameters.found += 1
        else if (!stated.has(name)) {
          parameters.missed += 1
          say(`missed ${name}=${value}`)
        }
      }
      for (const [name, value] of stated)
        if (values.get(name) !== value) {
          parameters.wrong += 1
          say(`misread ${name}=${value}`)
        }
    }
  }
  return { controls, sentences, parameters, faults, unmatched }
}

function piecesNotIn({ name, key }: Page, read: ReadPolicy): string[] {
  return [...key.keys()]
    .filter((piece) => read.sentences.filter(({ text }) => text.includes(piece)).length !== 1)
    .map((piece) => `${name}: ${piece}`)
}

export function precision({ found, wrong }: Count): number {
  return found + wrong === 0 ? 1 : found / (found + wrong)
}

export function recall({ found, missed }: Count): number {
  return found + missed === 0 ? 1 : found / (found + missed)
}

/** Over all pairs (micro), and the mean over the controls that the pages promise or that were proposed (macro). */
export function overall(score: Score): {
  readonly [name in 'microPrecision' | 'microRecall' | 'macroPrecision' | 'macroRecall']: number
} {
  const counts = [...score.controls.values()].filter(({ found, missed, wrong }) => found + missed + wrong > 0)
  const sum = counts.reduce(
    (all, each) => ({
      found: all.found + each.found,
      missed: all.missed + each.missed,
      wrong: all.wrong + each.wrong,
    }),
    { found: 0, missed: 0, wrong: 0 },
  )
  const mean = (measure: (count: Count) => number) =>
    counts.reduce((all, each) => all + measure(each), 0) / counts.length
  return {
    microPrecision: precision(sum),
    microRecall: recall(sum),
    macroPrecision: mean(precision),
    macroRecall: mean(recall),
  }
}
