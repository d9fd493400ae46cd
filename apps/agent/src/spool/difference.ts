import { type Coverage, canonicalJson } from '@hevd/core'
import { addToDigest, factDigest, type Said, takeFromDigest, vocabulary } from '@hevd/facts'

/** A fact as the spool keeps it; `value` is canonical JSON. */
export type Kept = {
  readonly type: string
  readonly key: string
  readonly scope: string
  readonly value: string
}

export type Difference = {
  readonly put: readonly Kept[]
  readonly gone: readonly Kept[]
  /** What the collector says of its coverage from now on. */
  readonly coverage: readonly Coverage[]
  readonly digest: bigint
}

/** What was last said: facts by type and key, coverage, digest of the facts. */
export type LastSaid = {
  readonly facts: ReadonlyMap<string, Kept>
  readonly coverage: readonly Coverage[]
  readonly digest: bigint
}

/**
 * What a run changes of what was last said. What was said of a part of the world that this run did not see whole
 * stays: a partial, refused or failed look removes nothing. A part that the run does not speak of (a database server that
 * was removed) is looked at when the host as a whole is.
 *
 * Throws RangeError where a run says one fact twice and differently.
 */
export function differenceOf(
  last: LastSaid,
  facts: readonly Said[],
  coverage: readonly Coverage[],
  host: string,
): Difference {
  const seen = new Map<string, Kept>()
  for (const fact of facts.map(kept)) {
    const name = nameOf(fact)
    if ((seen.get(name)?.value ?? fact.value) !== fact.value)
      throw new RangeError(`${fact.type} ${fact.key} is said twice`)
    seen.set(name, fact)
  }
  const all = coverage.toSorted((a, b) => (partOf(a) < partOf(b) ? -1 : 1))
  const states = new Map(all.map((part) => [partOf(part), part.state]))
  const isWhole = ({ type, scope }: Kept) =>
    (states.get(partOf({ type, scope })) ?? states.get(partOf({ type, scope: host }))) === 'complete'
  const gone = [...last.facts].flatMap(([name, fact]) => (seen.has(name) || !isWhole(fact) ? [] : [fact]))
  const put = [...seen].flatMap(([name, fact]) => (last.facts.get(name)?.value === fact.value ? [] : [fact]))
  let { digest } = last
  for (const fact of [...gone, ...put.flatMap((one) => last.facts.get(nameOf(one)) ?? [])])
    digest = takeFromDigest(digest, digestOf(fact))
  for (const fact of put) digest = addToDigest(digest, digestOf(fact))
  return { put, gone, coverage: all, digest }
}

export function nameOf({ type, key }: { readonly type: string; readonly key: string }): string {
  return `${type}|${key}`
}

function partOf({ type, scope }: { readonly type: string; readonly scope: string }): string {
  return `${type}|${scope}`
}

function kept({ type: name, value }: Said): Kept {
  const type = vocabulary.get(name)
  if (type === undefined) throw new RangeError(`There is no fact type ${name}`)
  return { type: name, key: type.key(value), scope: type.scope(value), value: canonicalJson(value) }
}

function digestOf({ type, key, value }: Kept): bigint {
  return factDigest(type, key, JSON.parse(value))
}
