import { flatten, type Lookup, lookupKey, named, type Reading, type Readings, type Test } from '@hevd/core'
import { vocabulary } from '@hevd/facts'
import { coverageKeyOf, type Feeds } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { candidateLookup, ownValues } from '../domain/candidate.ts'
import type { Input } from '../domain/inputs.ts'
import type { Stored } from '../store/judgements.ts'
import type { Which } from '../store/wake.ts'

/** A candidate under one test on its way to being judged. */
export type Looked = {
  readonly which: Which
  readonly test: Test
  readonly stored: Stored | undefined
  /** No fact says any more that it exists. */
  gone: boolean
  subject: unknown
  name: string
  readings: Readings
  /** Look-ups, its own first, with what they gave once they have been read. */
  readonly lookups: Lookup[]
  readonly inputs: Input[]
  /** The judge could not even say what to look up. */
  broken: unknown
  /** A look-up was not stored before this transaction, so it may not be read yet (ADR 0002). */
  early: boolean
}

/** Answers look-ups in as few questions as there are different ones. */
async function ask(
  feeds: Feeds,
  tx: Tx,
  organisation: string,
  lookups: readonly Lookup[],
): Promise<Map<string, Reading>> {
  const distinct = [...new Map(lookups.map((lookup) => [identity(lookup), lookup]))]
  const readings =
    distinct.length === 0
      ? []
      : await feeds.read(
          tx,
          organisation,
          distinct.map(([, lookup]) => lookup),
        )
  return new Map(distinct.map(([name], index) => [name, readings[index] ?? nothing]))
}

const nothing: Reading = { facts: [], unseen: [] }
function identity(lookup: Lookup): string {
  return `${lookupKey(lookup)} ${coverageKeyOf(lookup)}`
}

/**
 * Reads stage after stage for many at once. One whose look-ups of a stage are not all stored yet stops there: `early`.
 *
 * @param rule `at-once` where nothing is written of it, so that no wake-up can be missed
 */
export async function look(
  feeds: Feeds,
  tx: Tx,
  organisation: string,
  wanted: readonly { readonly which: Which; readonly test: Test; readonly stored: Stored | undefined }[],
  rule: 'stored-first' | 'at-once' = 'stored-first',
): Promise<Looked[]> {
  const all = wanted.map(
    (one): Looked => ({
      ...one,
      gone: false,
      subject: null,
      name: one.which.subject,
      readings: {},
      lookups: [],
      inputs: [],
      broken: null,
      early: false,
    }),
  )
  const own = ({ test, which }: Looked) => candidateLookup(test.population, which.subject)
  const found = await ask(feeds, tx, organisation, all.map(own))
  const early = (one: Looked, lookups: readonly Lookup[]) =>
    rule === 'stored-first' && !areStored(one, lookups)
  for (const one of all) begin(one, found.get(identity(own(one))) ?? nothing, rule)

  const stages = Math.max(0, ...all.map(({ test }) => test.stages.length))
  for (let stage = 0; stage < stages; stage += 1) {
    const asking = all.flatMap((one) => {
      const lookups = one.test.stages[stage]
      const stopped = one.gone || one.broken !== null || (one.early && stage > 0)
      if (stopped || lookups === undefined) return []
      try {
        const named = lookups.lookups(one.subject, one.readings)
        const flat = flatten(named)
        one.lookups.push(...flat)
        one.early ||= early(one, flat)
        return one.early ? [] : [{ one, named, flat }]
      } catch (error) {
        one.broken = error
        return []
      }
    })
    const answers = await ask(
      feeds,
      tx,
      organisation,
      asking.flatMap(({ flat }) => flat),
    )
    for (const { one, named: wantedOfOne, flat } of asking) {
      const readings = flat.map((lookup) => answers.get(identity(lookup)) ?? nothing)
      one.readings = { ...one.readings, ...named(wantedOfOne, readings) }
      one.inputs.push(...flat.map((lookup, index) => ({ lookup, ...(readings[index] ?? nothing) })))
    }
  }
  return all
}

/** The candidate's own facts. Its own look-up wakes it by itself; the scope must be stored like any other. */
function begin(one: Looked, reading: Reading, rule: 'stored-first' | 'at-once'): void {
  const { population } = one.test
  const [first, ...rest] = ownValues(reading, vocabulary.get(population.type))
  if (first === undefined) {
    one.gone = true
    return
  }
  try {
    const { subject: id } = one.which
    one.subject = population.subject(id, [first, ...rest])
    one.name = population.label(id, [first, ...rest])
    const self = population.self(id, [first, ...rest])
    one.lookups.push(self)
    one.inputs.push({ lookup: self, facts: reading.facts, unseen: [] })
    one.early = rule === 'stored-first' && !(one.stored?.scopes.includes(coverageKeyOf(self)) ?? false)
  } catch (error) {
    one.broken = error
  }
}

function areStored({ stored }: Looked, lookups: readonly Lookup[]): boolean {
  return (
    stored !== undefined &&
    lookups.every(
      (lookup) => stored.lookups.includes(lookupKey(lookup)) && stored.scopes.includes(coverageKeyOf(lookup)),
    )
  )
}
