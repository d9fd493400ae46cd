import { hash } from 'node:crypto'
import { type Bilingual, type Control, canonicalJson, type Instant, parseParameters } from '@hevd/core'

/** The words of a promise, in both languages. */
export type PolicyWords = {
  readonly title: Bilingual
  readonly statement: Bilingual
  readonly how: Bilingual
}
export type Values = { readonly [name: string]: unknown }

/** Why a control does not apply, and when that must be looked at again; past that moment it applies. */
export type NotApplicable = { readonly reason: string; readonly reviewBy: Instant }

/** A promise as it is, or would be, in force. */
export type PolicyText = PolicyWords & {
  readonly parameters: Values
  readonly notApplicable: NotApplicable | null
}

export function wordsOf({ title, statement, how }: PolicyWords): PolicyWords {
  return { title, statement, how }
}

/** The parameters of a control as the catalogue ships them. */
export function shippedParameters({ parameters }: Control): Values {
  return Object.fromEntries(parameters.map(({ name, default: value }) => [name, value]))
}

/**
 * SHA-256, hex, of what is promised word for word, with its parameters, in canonical JSON: what `policyDigest` of a
 * posture leaf is, and what a reader's browser recomputes. That a control does not apply is beside it: its words can be
 * public while that is not.
 */
export function policyDigest(control: string, words: PolicyWords, parameters: Values): string {
  return hash('sha256', canonicalJson({ id: control, ...wordsOf(words), parameters }))
}

/**
 * Values that a control's tests can read: those given where they can, else what the catalogue ships. A newer test may
 * need a parameter that nobody has decided on, or read one otherwise.
 */
export function fitting(control: Control, values: Values): Values {
  return Object.fromEntries(
    control.parameters.map(({ name, default: shipped }) => [
      name,
      name in values && reads(control, name, values[name]) ? values[name] : shipped,
    ]),
  )
}

function reads({ tests }: Control, name: string, value: unknown): boolean {
  try {
    for (const { parameters } of tests) {
      const type = parameters[name]
      if (type !== undefined) parseParameters({ [name]: type }, { [name]: value })
    }
    return true
  } catch {
    return false
  }
}
