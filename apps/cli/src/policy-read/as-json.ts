import type { Catalogue } from '@hevd/core'
import type { ReadPolicy } from '@hevd/policy-reader'

/** What `hevd policy read --json` prints. Durations are ISO 8601; `strength` is `likely` where part of it stands above the sentence. */
export type PolicyReadReport = {
  readonly file: string
  readonly language: string
  readonly sentences: readonly {
    readonly text: string
    readonly language: string
    readonly above: readonly string[]
    readonly noPromise: string | null
    readonly proposals: readonly {
      readonly control: string
      readonly strength: 'sure' | 'likely'
      readonly words: readonly {
        readonly text: string
        readonly where: 'sentence' | 'above'
        readonly start: number | null
      }[]
      readonly parameters: readonly {
        readonly name: string
        readonly value: unknown
        readonly said: string
      }[]
      readonly unsure: readonly { readonly name: string; readonly said: string; readonly why: string }[]
    }[]
  }[]
  /** Sentences that nothing tests. */
  readonly untested: readonly string[]
  /** Controls that no sentence was proposed for. */
  readonly unmentioned: readonly string[]
}

export function policyReadReport(
  { name, language, sentences }: ReadPolicy,
  catalogue: Catalogue,
): PolicyReadReport {
  const mentioned = new Set(sentences.flatMap(({ proposals }) => proposals.map(({ control }) => control)))
  return {
    file: name,
    language,
    sentences: sentences.map((sentence) => ({
      text: sentence.text,
      language: sentence.language,
      above: sentence.above,
      noPromise: sentence.noPromise,
      proposals: sentence.proposals.map(({ control, evidence, parameters }) => ({
        control,
        strength: evidence.strength,
        words: evidence.words,
        parameters: parameters.flatMap((each) =>
          each.value === null ? [] : [{ name: each.parameter, value: each.value, said: each.said }],
        ),
        unsure: parameters.flatMap((each) =>
          each.value === null ? [{ name: each.parameter, said: each.said, why: each.why }] : [],
        ),
      })),
    })),
    untested: sentences.filter(({ proposals }) => proposals.length === 0).map(({ text }) => text),
    unmentioned: [...catalogue.controls.keys()].filter((id) => !mentioned.has(id)),
  }
}
