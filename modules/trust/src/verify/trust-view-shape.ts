import type { TrustView } from '../contract.ts'

/** Whether an answer has the shape of `GET /api/trust`, so far as checking reads it. What it says is checked later. */
export function isTrustView(value: unknown): value is TrustView {
  return (
    has(value, { origin: text, verifierKey: text, checkpoint: text, organisation: object, sections: list }) &&
    has(value.organisation, { id: text, timeZone: text }) &&
    isList(
      value.sections,
      (section) => has(section, { controls: list }) && isList(section.controls, isControl),
    )
  )
}

function isControl(value: unknown): boolean {
  return (
    has(value, {
      id: text,
      title: object,
      statement: object,
      how: object,
      parameters: object,
      history: list,
    }) &&
    [value.title, value.statement, value.how].every((words) => has(words, { nb: text, en: text })) &&
    isReason(value) &&
    isProven(value) &&
    isList(value.history, isProven)
  )
}

/** An older server says nothing of it, and knows none that does not apply. */
function isReason(value: unknown): boolean {
  return (
    has(value, { notApplicable: (why) => why === null || why === undefined }) ||
    (has(value, { notApplicable: object }) && has(value.notApplicable, { reason: text, reviewBy: count }))
  )
}

function isProven(value: unknown): boolean {
  return (
    has(value, { leaf: object, proof: object }) &&
    has(value.leaf, { sequence: count, at: count, validUntil: count, policyDigest: text }) &&
    has(value.proof, { index: count, size: count, leaf: text, path: list }) &&
    isList(value.proof.path, text)
  )
}

type Shape = { readonly [name: string]: (value: unknown) => boolean }

function has<S extends Shape>(value: unknown, shape: S): value is { readonly [N in keyof S]: unknown } {
  if (typeof value !== 'object' || value === null) return false
  const members = new Map<string, unknown>(Object.entries(value))
  return Object.entries(shape).every(([name, fits]) => fits(members.get(name)))
}

const text = (value: unknown): value is string => typeof value === 'string'
const count = (value: unknown): value is number => typeof value === 'number'
const object = (value: unknown): value is object => typeof value === 'object' && value !== null
const list = (value: unknown): value is readonly unknown[] => Array.isArray(value)

function isList(value: unknown, each: (item: unknown) => boolean): boolean {
  return list(value) && value.every(each)
}
