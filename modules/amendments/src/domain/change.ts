import { canonicalJson } from '@hevd/core'
import type { PolicyText } from '@hevd/posture'
import type { ControlChange } from '../contract.ts'

export const wordFields = ['title', 'statement', 'how'] as const
export type WordField = (typeof wordFields)[number]

/** A change as it is kept in a draft. */
export type DraftEntry = {
  readonly change: ControlChange
  /** The text in force that it was made from. */
  readonly from: PolicyText
  /** Of a newer catalogue's: the text it shipped before (null where that is not known), and the newer one. */
  readonly shipped: { readonly before: PolicyText | null; readonly after: PolicyText } | null
}
export type Shipped = NonNullable<DraftEntry['shipped']>
export type DraftEntries = { readonly [control: string]: DraftEntry }

/** The text that a change makes of another. Parameters that it does not name stay. */
export function applied(text: PolicyText, change: ControlChange): PolicyText {
  const { title, statement, how, parameters, notApplicable } = change
  return {
    title: title ?? text.title,
    statement: statement ?? text.statement,
    how: how ?? text.how,
    parameters: { ...text.parameters, ...parameters },
    notApplicable: notApplicable === undefined ? text.notApplicable : notApplicable,
  }
}

/** What of a change makes a text another one; null where nothing does. */
export function effective(text: PolicyText, change: ControlChange): ControlChange | null {
  const words = wordFields.flatMap((field) => {
    const said = change[field]
    if (said === undefined) return []
    const trimmed = { nb: said.nb.trim(), en: said.en.trim() }
    return same(trimmed, text[field]) ? [] : [[field, trimmed] as const]
  })
  const parameters = Object.entries(change.parameters ?? {}).filter(
    ([name, value]) => !(name in text.parameters && same(value, text.parameters[name])),
  )
  const { notApplicable } = change
  const applies = notApplicable !== undefined && !same(notApplicable, text.notApplicable)
  if (words.length === 0 && parameters.length === 0 && !applies) return null
  return {
    ...Object.fromEntries(words),
    ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
    ...(applies && { notApplicable }),
    ...(words.length > 0 && change.sameMeaning === true && { sameMeaning: true }),
  }
}

export function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
