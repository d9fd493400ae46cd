import type { ControlChange, PromiseText } from '@hevd/amendments/contract'
import type { ControlDetail } from '@hevd/posture/contract'

/** The words of a promise that can be changed, in the order in which they are read. */
export const wordFields = ['title', 'statement', 'how'] as const
export type WordField = (typeof wordFields)[number]

/** A promise while it is being changed. */
export type Edited = PromiseText & {
  /** The language that was not touched says the same as before. */
  readonly sameMeaning: boolean
}

export function inForceOf({ title, statement, how, parameters, notApplicable }: ControlDetail): PromiseText {
  return {
    title,
    statement,
    how,
    parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    notApplicable:
      notApplicable === null ? null : { reason: notApplicable.reason, reviewBy: notApplicable.reviewBy },
  }
}

/** What is in force with a change laid over it. */
export function withChange(inForce: PromiseText, change: ControlChange | null): Edited {
  const { title, statement, how, parameters, notApplicable, sameMeaning } = change ?? {}
  return {
    title: title ?? inForce.title,
    statement: statement ?? inForce.statement,
    how: how ?? inForce.how,
    parameters: { ...inForce.parameters, ...parameters },
    notApplicable: notApplicable === undefined ? inForce.notApplicable : notApplicable,
    sameMeaning: sameMeaning ?? false,
  }
}

/** What an edited promise changes; null when that is nothing. */
export function changeOf(inForce: PromiseText, edited: Edited): ControlChange | null {
  const change: ControlChange = {}
  for (const field of wordFields) if (!same(inForce[field], edited[field])) change[field] = edited[field]
  const parameters = Object.entries(edited.parameters).filter(
    ([name, value]) => !same(inForce.parameters[name], value),
  )
  if (parameters.length > 0) change.parameters = Object.fromEntries(parameters)
  if (!same(inForce.notApplicable, edited.notApplicable)) change.notApplicable = edited.notApplicable
  if (Object.keys(change).length === 0) return null
  return oneLanguageAlone(inForce, edited) && edited.sameMeaning ? { ...change, sameMeaning: true } : change
}

/** Whether a wording differs from what is in force in one language, and not in the other. */
export function oneLanguageAlone(inForce: PromiseText, edited: PromiseText): boolean {
  return wordFields.some(
    (field) => (inForce[field].nb === edited[field].nb) !== (inForce[field].en === edited[field].en),
  )
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
