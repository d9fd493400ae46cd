import {
  type Coverage,
  canonicalJson,
  type Duration,
  type FactType,
  lookupKeysOf,
  milliseconds,
} from '@hevd/core'
import { factDigest, type Said, tlsEndpoints } from '@hevd/facts'
import { ZodError } from 'zod'
import type { FeedsConfig } from '../config.ts'
import type { Report } from '../contract.ts'
import { type Refusal, refuse } from './refusals.ts'

/** A fact that is of the vocabulary and can be stored. `digest` is over the value as it was said. */
export type CheckedFact = {
  readonly type: string
  readonly key: string
  readonly scope: string
  readonly value: unknown
  readonly digest: bigint
  readonly lookupKeys: readonly string[]
}

/** A report that may be applied. */
export type Checked = Omit<Report, 'put'> & {
  readonly put: readonly CheckedFact[]
  readonly intervalMs: number
}

/** Types of facts by their names. */
export type Vocabulary = ReadonlyMap<string, FactType>

export function isRefusal(checked: object): checked is Refusal {
  return 'refused' in checked
}

/** Things that an agent is told to look at wherever they are; everything else it sees is on its own host. */
const elsewhere: ReadonlySet<string> = new Set([tlsEndpoints.name])

/** Checks a report of a host's agent against the vocabulary, the host and the limits. */
export function checkReport(
  report: Report,
  host: string,
  config: FeedsConfig,
  vocabulary: Vocabulary,
): Checked | Refusal {
  const { collector, put, gone, coverage, interval } = report
  const size = put.length + gone.length + (coverage?.length ?? 0)
  if (size > config.factsPerReport)
    return refuse('too-large', { what: collector, size, limit: config.factsPerReport })
  const intervalMs = intervalOf(interval, config)
  if (intervalMs === null)
    return refuse('bad-interval', {
      interval,
      shortest: config.shortestInterval,
      longest: config.longestInterval,
    })
  const goneFault = first(gone, ({ type, key }) => keyFault(type, [key], config))
  if (goneFault !== null) return goneFault
  const coverageFault = first(coverage ?? [], (row) => faultOfCoverage(row, host, config, vocabulary))
  if (coverageFault !== null) return coverageFault
  const facts = checkFacts(put, config, vocabulary)
  if (isRefusal(facts)) return facts
  const foreign = facts.find((fact) => !isOfHost(fact, host))
  if (foreign !== undefined)
    return refuse('foreign-scope', { type: foreign.type, scope: foreign.scope, host })
  return { ...report, put: facts, intervalMs }
}

/** Facts parsed by their types, with what they are found by; the first fault refuses all. */
export function checkFacts(
  said: readonly Said[],
  config: FeedsConfig,
  vocabulary: Vocabulary,
): readonly CheckedFact[] | Refusal {
  const facts: CheckedFact[] = []
  const keys = new Set<string>()
  for (const { type, value } of said) {
    const fact = checkFact(type, value, config, vocabulary)
    if (isRefusal(fact)) return fact
    const id = `${fact.type}|${fact.key}`
    if (keys.has(id)) return refuse('said-twice', { type: fact.type, key: fact.key })
    keys.add(id)
    facts.push(fact)
  }
  return facts
}

/** One fact, as {@link checkFacts}. */
export function checkFact(
  name: string,
  raw: unknown,
  config: FeedsConfig,
  vocabulary: Vocabulary,
): CheckedFact | Refusal {
  const type = vocabulary.get(name)
  if (type === undefined) return refuse('unknown-type', { type: name })
  const parsed = parse(() => ({ value: type.parse(raw), text: canonicalJson(raw) }))
  if ('fault' in parsed) return refuse('not-of-type', { type: name, fault: parsed.fault })
  const { value, text } = parsed
  if (unstorable.test(text)) return refuse('not-storable', { type: name })
  const bytes = Buffer.byteLength(text)
  if (bytes > config.bytesPerFact)
    return refuse('too-large', { what: name, size: bytes, limit: config.bytesPerFact })
  const key = type.key(value)
  const scope = type.scope(value)
  const lookupKeys = lookupKeysOf(type, value)
  if (lookupKeys.length > config.lookupsPerFact)
    return refuse('too-large', { what: name, size: lookupKeys.length, limit: config.lookupsPerFact })
  const fault = keyFault(name, [key, scope, ...lookupKeys], config)
  return fault ?? { type: name, key, scope, value, digest: factDigest(name, key, raw), lookupKeys }
}

/** NUL and lone surrogates, as JSON.stringify writes them; a backslash before the escape must not be escaped itself. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

function parse<T>(make: () => T): T | { readonly fault: string } {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ZodError)) return { fault: error instanceof Error ? error.message : String(error) }
    const [issue] = error.issues
    return { fault: issue === undefined ? error.message : `${issue.path.join('.') || '-'}: ${issue.message}` }
  }
}

/** A text that stands in an index has an end, and no character that PostgreSQL cannot store. */
function keyFault(type: string, texts: readonly string[], config: FeedsConfig): Refusal | null {
  return first(texts, (text) => {
    const bytes = Buffer.byteLength(text)
    if (bytes > config.bytesPerKey)
      return refuse('too-large', { what: type, size: bytes, limit: config.bytesPerKey })
    return text.isWellFormed() && !text.includes('\0') ? null : refuse('not-storable', { type })
  })
}

function faultOfCoverage(
  row: Coverage,
  host: string,
  config: FeedsConfig,
  vocabulary: Vocabulary,
): Refusal | null {
  const { type, scope, detail } = row
  if (!vocabulary.has(type)) return refuse('unknown-type', { type })
  if (scope === '-' || (!elsewhere.has(type) && !isWithin(scope, host)))
    return refuse('foreign-scope', { type, scope, host })
  return keyFault(type, [scope, detail], config)
}

function isOfHost({ type, scope, value }: CheckedFact, host: string): boolean {
  const named = typeof value === 'object' && value !== null && 'host' in value ? value.host : host
  return named === host && (elsewhere.has(type) || isWithin(scope, host))
}

function isWithin(scope: string, host: string): boolean {
  return scope === host || scope.startsWith(`${host}/`)
}

function intervalOf(interval: Duration, config: FeedsConfig): number | null {
  const parsed = parse(() => milliseconds(interval))
  if (typeof parsed !== 'number') return null
  const inRange =
    milliseconds(config.shortestInterval) <= parsed && parsed <= milliseconds(config.longestInterval)
  return inRange ? Math.ceil(parsed) : null
}

function first<T, R>(items: readonly T[], fault: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = fault(item)
    if (found !== null) return found
  }
  return null
}
