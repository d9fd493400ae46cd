import type { Locale } from '@hevd/core'

/**
 * Words to look for, as `terms.yaml` writes them. A word stands for all its inflections; `*` for any letters; `/`
 * between words for either; `..` for up to three words between. Capitals alone (`US`) want capitals.
 */
export type Term = string

/** One of these is enough. A first member `^` lets them also stand above the sentence: label, lead-in, heading. */
export type Group = readonly Term[]

/** One of every group, near one another, no word counted twice. */
export type Reading = readonly Group[]

/** How the value of a parameter is said. */
export type ParameterTerms =
  | {
      /** `within` a deadline; `span` any length of time; `every` how often; `any` of the last two. */
      readonly as: 'within' | 'span' | 'every' | 'any' | 'percent' | 'version'
      /** What the value must be said of: one of each, in the same clause where the sentence has several values. */
      readonly near?: Reading | undefined
      /** A clause with one of these speaks of something else. */
      readonly against?: Group | undefined
    }
  | {
      readonly as: 'number'
      /** What is counted; stands after the number. */
      readonly of: Group
      readonly near?: Reading | undefined
      readonly against?: Group | undefined
    }
  | {
      /** Values of a list, each with the ways of writing it. */
      readonly values: { readonly [value: string]: Group }
    }

/** What sentences that promise one control say, in one language. */
export type LanguageTerms = {
  /** Each decides alone. */
  readonly names?: Group | undefined
  readonly says?: readonly Reading[] | undefined
  /** Phrases that mean something else: their words count for nothing. */
  readonly not?: Group | undefined
  /** A sentence with one of these promises something else. */
  readonly against?: Group | undefined
  readonly parameters?: { readonly [name: string]: ParameterTerms } | undefined
}

export type ControlTerms = { readonly control: string } & { readonly [language in Locale]: LanguageTerms }

export type Vocabulary = {
  readonly controls: readonly ControlTerms[]
  /** A sentence with one of these promises nothing, or not for the organisation itself. */
  readonly noPromise: { readonly [language in Locale]: Group }
  /** The values that a parameter of type `choice` may take, by `control.parameter`. */
  readonly options: ReadonlyMap<string, readonly string[]>
}
