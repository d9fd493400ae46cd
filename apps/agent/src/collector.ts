import { type Bilingual, type Coverage, canonicalJson, type Duration } from '@hevd/core'
import { type Said, vocabulary } from '@hevd/facts'
import type { HostAccess } from './host/access.ts'

/** Looks at one part of a host. It never changes anything. */
export type Collector = {
  readonly name: string
  /** Fact types it covers; each is complete, or unseen with why, after every run. */
  readonly types: readonly string[]
  readonly title: Bilingual
  readonly interval: Duration
  collect(access: HostAccess): Promise<Collected>
}

/** What a run saw. A fact whose type is not covered whole still counts as seen. */
export type Collected = { readonly facts: readonly Said[]; readonly coverage: readonly Coverage[] }

/** Whether a type was looked at whole; null is whole. */
export type Gap = { readonly state: Exclude<Coverage['state'], 'complete'>; readonly detail: string } | null

export const needsRight = (right: string): Gap => ({ state: 'needs-right', detail: right })
export const failedBy = (error: string): Gap => ({ state: 'failed', detail: brief(error) })
export const partialWithout = (missing: string): Gap => ({ state: 'partial', detail: missing })

/** Words of a right that several collectors lack; the server words the sentence around it. */
export const rootRight = 'root'

/** Facts of one type of one host, with what was not looked at. */
export function collected<Value>(
  type: { readonly name: string },
  host: string,
  values: readonly Value[],
  gap: Gap = null,
): Collected {
  return {
    facts: values.map((value) => ({ type: type.name, value })),
    coverage: [{ type: type.name, scope: host, ...(gap ?? { state: 'complete', detail: '' }) }],
  }
}

export function together(...parts: readonly Collected[]): Collected {
  return {
    facts: parts.flatMap((part) => part.facts),
    coverage: parts.flatMap((part) => part.coverage),
  }
}

/** The first gap there is. */
export function firstGap(...gaps: readonly Gap[]): Gap {
  return gaps.find((gap) => gap !== null) ?? null
}

/**
 * Runs a collector. Never throws: if it breaks, or says something that is not of the vocabulary, all that it covered
 * before is `failed` with a short error.
 */
export async function runCollector(
  collector: Collector,
  access: HostAccess,
  before: readonly Coverage[] = [],
): Promise<Collected> {
  try {
    const { facts, coverage } = await collector.collect(access)
    const parsed = facts.map(({ type, value }) => {
      const known = vocabulary.get(type)
      if (known === undefined || !collector.types.includes(type))
        throw new RangeError(`${collector.name} does not cover ${type}`)
      return { type, value: known.parse(value) }
    })
    const silentAbout = collector.types.filter((type) => !coverage.some((one) => one.type === type))
    if (silentAbout.length > 0) throw new RangeError(`no coverage of ${silentAbout.join(', ')}`)
    return { facts: oncePerKey(parsed), coverage }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return failedRun(collector, access.host.id, before, why)
  }
}

/** What a run that broke says: everything that was covered before, and every type on the host, is not seen now. */
export function failedRun(
  collector: Collector,
  host: string,
  before: readonly Coverage[],
  error: string,
): Collected {
  const known = before.filter(({ type }) => collector.types.includes(type))
  const rest = collector.types.filter((type) => !known.some((one) => one.type === type))
  const parts = [...known, ...rest.map((type) => ({ type, scope: host }))]
  return {
    facts: [],
    coverage: parts.map(({ type, scope }) => ({ type, scope, state: 'failed', detail: brief(error) })),
  }
}

/** Throws where one key is said twice and differently: neither could be believed. */
function oncePerKey(facts: readonly Said[]): Said[] {
  const known = new Map<string, { readonly said: Said; readonly text: string }>()
  for (const said of facts) {
    const name = `${said.type} ${vocabulary.get(said.type)?.key(said.value)}`
    const text = canonicalJson(said.value)
    if ((known.get(name)?.text ?? text) !== text) throw new RangeError(`${name} is said twice`)
    known.set(name, { said, text })
  }
  return [...known.values()].map(({ said }) => said)
}

const longest = 200

/** The first line of an error, short. */
export function brief(error: string): string {
  const line = (error.trim().split('\n')[0] ?? '').replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
