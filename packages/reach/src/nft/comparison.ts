import type { Ground } from '../host.ts'
import { all, any, type Condition, never, not, type Range } from '../model.ts'
import { asObject, asText, isList, type Json, only } from './json.ts'
import { type Operand, operandOf } from './operand.ts'

/** What the rules of a table are read with. */
export type Reading = {
  readonly ground: Ground
  /** Elements of a named set or map; null when the packet path itself changes it, so that a listing tells nothing. */
  elements(name: string): readonly Json[] | null
  /** A name for the next occurrence of something that may answer otherwise each time. */
  occurrence(): string
}

type Part = Operand & { readonly mask: bigint | null }

/** The packets for which `{"match": …}` goes on. */
export function comparison(match: Json, reading: Reading): Condition {
  const { op, left = null, right = null } = asObject(match) ?? {}
  const how = asText(op) ?? '=='
  const parts = compared(left, reading)
  const needs = all(...parts.map((part) => part.needs))
  const condition = tested(how, parts, right, reading)
  if (condition !== null) return all(needs, condition)
  const negated = how === '!=' || how === '!'
  if (parts.some((part) => part.isExtra === true)) return all(needs, extra(parts, left, right, how))
  const once = parts.every((part) => part.isOfPacket) ? JSON.stringify([left, right]) : reading.occurrence()
  const free: Condition = { is: 'free', name: named(parts), key: `${named(parts)} ${once}` }
  return all(needs, negated ? not(free) : free)
}

function named(parts: readonly Part[]): string {
  return parts.map((part) => part.name).join(' . ')
}

/** What is asked of something that is not there is false, also when it is negated; that it is missing is asked by `false`. */
function extra(parts: readonly Part[], left: Json, right: Json, how: string): Condition {
  const name = named(parts)
  const of = (value: Json, by: string): Condition => ({
    is: 'free',
    name,
    key: `${name} ${JSON.stringify([left, value, by])}`,
    isExtra: true,
  })
  if (right !== false && right !== true) return of(right, how)
  return right === (how === '==') ? of(true, '==') : not(of(true, '=='))
}

function compared(left: Json, reading: Reading): readonly Part[] {
  const [kind, content] = only(left) ?? ['', null]
  if (kind === 'concat' && isList(content)) return content.map((part) => partOf(part, reading))
  return [partOf(left, reading)]
}

/** An operand, or its bits under a mask. */
function partOf(left: Json, reading: Reading): Part {
  const [kind, content] = only(left) ?? ['', null]
  if (kind !== '&' || !isList(content)) return { ...operandOf(left, reading.ground), mask: null }
  const operand = operandOf(content[0] ?? null, reading.ground)
  const mask = operand.values?.read(content.length === 2 ? (content[1] ?? null) : content.slice(1))?.[0]?.[0]
  return mask === undefined ? { ...operand, values: null, mask: null } : { ...operand, mask }
}

function tested(op: string, parts: readonly Part[], right: Json, reading: Reading): Condition | null {
  if (op === '==') return among(parts, right, reading)
  if (op === '!=') {
    const same = among(parts, right, reading)
    return same === null ? null : not(same)
  }
  const [part] = parts
  const value = part?.values?.read(right)?.[0]?.[0]
  if (parts.length !== 1 || part?.values == null || value === undefined) return null
  if (op === 'in' || op === '!') {
    const noBit = part.values.test([[0n, 0n]], part.mask === null ? value : value & part.mask)
    return noBit === null ? null : op === 'in' ? not(noBit) : noBit
  }
  const ranges = compareRanges(op, value)
  return ranges === null ? null : part.values.test(ranges, part.mask)
}

const largest = (1n << 128n) - 1n

function compareRanges(op: string, value: bigint): readonly Range[] | null {
  switch (op) {
    case '<':
      return value === 0n ? [] : [[0n, value - 1n]]
    case '<=':
      return [[0n, value]]
    case '>':
      return [[value + 1n, largest]]
    case '>=':
      return [[value, largest]]
    default:
      return null
  }
}

function among(parts: readonly Part[], right: Json, reading: Reading): Condition | null {
  const name = asText(right)
  const inline = asObject(right)?.set
  if (name?.startsWith('@') === true) return elementsOf(parts, reading.elements(name.slice(1)))
  if (isList(inline)) return elementsOf(parts, inline)
  return elementOf(parts, right)
}

function elementsOf(parts: readonly Part[], elements: readonly Json[] | null): Condition | null {
  if (elements === null) return null
  const [part] = parts
  if (parts.length === 1 && part?.values != null) {
    const { values } = part
    const ranges = elements.map((element) =>
      bare(element) === '*' ? [everything] : values.read(bare(element)),
    )
    if (ranges.includes(null)) return null
    return values.test(
      ranges.flatMap((some) => some ?? []),
      part.mask,
    )
  }
  const conditions = elements.map((element) => elementOf(parts, bare(element)))
  return conditions.includes(null) ? null : any(...conditions.map((condition) => condition ?? never))
}

const everything: Range = [0n, largest]

/** An element without its timeout, counter or comment. */
export function bare(element: Json): Json {
  return asObject(asObject(element)?.elem)?.val ?? element
}

/** Whether the parts are this element of a set; null when that is not modelled. */
function elementOf(parts: readonly Part[], element: Json): Condition | null {
  const concatenated = asObject(element)?.concat
  const values = isList(concatenated) ? concatenated : [element]
  if (values.length !== parts.length) return null
  const conditions = parts.map((part, at) => {
    const ranges = part.values?.read(values[at] ?? null) ?? null
    return ranges === null ? null : (part.values?.test(ranges, part.mask) ?? null)
  })
  return conditions.includes(null) ? null : all(...conditions.map((condition) => condition ?? never))
}

/**
 * The entries of a map, each with the packets whose key it is; `*` is whatever no other entry is. Null when the key is
 * not modelled; then nothing is known but the name and what the key needs.
 */
export function entries(
  key: Json,
  data: Json,
  reading: Reading,
): {
  readonly name: string
  readonly needs: Condition
  readonly found: readonly { readonly when: Condition; readonly to: Json }[] | null
} {
  const parts = compared(key, reading)
  const name = named(parts)
  const needs = all(...parts.map((part) => part.needs))
  const set = asText(data)
  const inline = asObject(data)?.set
  const list = set?.startsWith('@') === true ? reading.elements(set.slice(1)) : isList(inline) ? inline : null
  if (list === null) return { name, needs, found: null }
  const pairs = list.flatMap((pair) =>
    isList(pair) && pair.length === 2 ? [{ key: bare(pair[0] ?? null), to: pair[1] ?? null }] : [],
  )
  const free = (): Condition => ({ is: 'free', name, key: `${name} ${reading.occurrence()}` })
  const found = pairs
    .filter((pair) => pair.key !== '*')
    .map((pair) => ({ when: all(needs, elementOf(parts, pair.key) ?? free()), to: pair.to }))
  const rest = pairs.filter((pair) => pair.key === '*').map((pair) => ({ when: needs, to: pair.to }))
  return { name, needs, found: [...found, ...rest] }
}
