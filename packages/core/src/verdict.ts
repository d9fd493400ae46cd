import type { Unseen } from './fact.ts'
import type { WordingParameters } from './wording.ts'

/** The three answers. `unknown` is an answer of its own: "could not look" is neither fine nor failed. */
export type Verdict = 'holds' | 'fails' | 'unknown'

/** Why, as a code with parameters; the words stand once, in nb and en, beside the control. */
export type Reason = { readonly code: string; readonly params: WordingParameters }

export type Holds = { readonly verdict: 'holds'; readonly why: Reason | null }
export type Fails = { readonly verdict: 'fails'; readonly why: Reason }
export type Unknown = { readonly verdict: 'unknown'; readonly why: Reason }
/** What a judge says of one subject. */
export type Judgement = Holds | Fails | Unknown
/** A candidate that the control does not speak of, for example an account nobody can log in to. */
export type Outside = { readonly verdict: 'outside' }

export function holds(code?: string, params: WordingParameters = {}): Holds {
  return { verdict: 'holds', why: code === undefined ? null : { code, params } }
}

export function fails(code: string, params: WordingParameters = {}): Fails {
  return { verdict: 'fails', why: { code, params } }
}

export function unknown(code: string, params: WordingParameters = {}): Unknown {
  return { verdict: 'unknown', why: { code, params } }
}

export const outside: Outside = { verdict: 'outside' }

/** `unknown`, because something was not seen. The codes are worded in `unseen-reasons.ts`. */
export function unseen(why: Unseen): Unknown {
  const { code, ...params } = why
  return { verdict: 'unknown', why: { code: `unseen-${code}`, params } }
}

const badness = { holds: 0, unknown: 1, fails: 2 } as const satisfies Record<Verdict, number>

/** The worse of two verdicts: `fails` > `unknown` > `holds`. */
export function worse(a: Verdict, b: Verdict): Verdict {
  return badness[a] >= badness[b] ? a : b
}

/** All of several judgements: the first of the worst. With none there is nothing that holds: `unknown`. */
export function allOf(...judgements: readonly Judgement[]): Judgement {
  const [first, ...rest] = judgements
  if (first === undefined) return unknown('nothing-judged')
  return rest.reduce((worst, next) => (badness[next.verdict] > badness[worst.verdict] ? next : worst), first)
}
