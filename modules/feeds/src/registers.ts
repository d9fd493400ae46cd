import type { Bilingual, Coverage, Instant } from '@hevd/core'
import { hosts, type Said } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { applyChange } from './apply.ts'
import { type CheckedFact, checkFacts, isRefusal } from './domain/checked.ts'
import { coverageChange, touchedByCoverage } from './domain/coverage-change.ts'
import { coverageKeyOf } from './domain/coverage-key.ts'
import { changeOf } from './domain/word.ts'
import { FeedsError } from './errors.ts'
import { writeByRules } from './rules.ts'
import { coverageOf, deleteCoverage, deleteCoverageOf, putCoverage, typesOfHosts } from './store/coverage.ts'
import { closeVersions, type FactKey, factIdsOf, factsByKey } from './store/fact.ts'
import {
  emptyDigest,
  endFeeds,
  type FeedRow,
  insertFeed,
  lockFeed,
  retitle,
  setFacts,
  setHostEnded,
} from './store/feed.ts'
import { closeSilence } from './store/silence.ts'
import { addTouched } from './store/touched.ts'
import type { TakeContext } from './take.ts'

/** A register of ours, and the types it is the whole truth about. */
export type Register = {
  readonly name: string
  readonly title: Bilingual
  readonly types: readonly string[]
}

const feedOf = (register: string) => `register/${register}`
const whole = (type: string, scope = '-'): Coverage => ({ type, scope, state: 'complete', detail: '' })

export async function openRegister(
  tx: Tx,
  organisation: string,
  { name, title, types }: Register,
  now: Instant,
): Promise<void> {
  const feed = feedOf(name)
  await insertFeed(tx, { organisation, name: feed, kind: 'register', host: null, title, interval: null })
  const stored = await lockRegister(tx, organisation, name)
  if (stored.title.nb !== title.nb || stored.title.en !== title.en)
    await retitle(tx, organisation, feed, title)
  const before = await coverageOf(tx, organisation, feed)
  const scoped = before.filter((row) => row.scope !== '-' && types.includes(row.type))
  const { put, gone } = coverageChange(before, [...types.map((type) => whole(type)), ...scoped])
  await deleteCoverage(tx, organisation, feed, gone)
  await putCoverage(tx, organisation, feed, put, now)
  await addTouched(tx, organisation, touchedByCoverage([...put, ...gone]), now)
}

export async function putInto(
  tx: Tx,
  organisation: string,
  register: string,
  said: readonly Said[],
  { config, vocabulary, rules }: Pick<TakeContext, 'config' | 'vocabulary' | 'rules'>,
  now: Instant,
): Promise<void> {
  const facts = checkFacts(said, config, vocabulary)
  if (isRefusal(facts)) throw new FeedsError('not-a-fact', facts.words)
  await writeByRules(tx, organisation, rules, facts)
  const feed = await lockRegister(tx, organisation, register)
  const touched = await change(tx, organisation, feed, { put: facts, gone: [] }, now)
  const newly = await coverScopes(tx, organisation, feed.name, facts, now)
  await addTouched(tx, organisation, [...touched, ...newly], now)
}

export async function removeFrom(
  tx: Tx,
  organisation: string,
  register: string,
  gone: readonly FactKey[],
  now: Instant,
): Promise<void> {
  const feed = await lockRegister(tx, organisation, register)
  const touched = await change(tx, organisation, feed, { put: [], gone }, now)
  await addTouched(tx, organisation, touched, now)
}

/** One transaction at a time changes a register. */
async function lockRegister(tx: Tx, organisation: string, register: string): Promise<FeedRow> {
  const feed = await lockFeed(tx, organisation, feedOf(register))
  if (feed === undefined) throw new FeedsError('no-such-register')
  return feed
}

async function change(
  tx: Tx,
  organisation: string,
  feed: FeedRow,
  said: { readonly put: readonly CheckedFact[]; readonly gone: readonly FactKey[] },
  now: Instant,
): Promise<string[]> {
  const named = [...said.put, ...said.gone]
  const standing = await factsByKey(tx, organisation, feed.name, named)
  const covered = standing.map(({ type, scope }) => whole(type, scope))
  const word = { kind: 'difference', ...said } as const
  const made = changeOf(word, standing, covered, '-', emptyDigest)
  const touched = await applyChange(tx, organisation, feed.name, made, { observedAt: now, recordedAt: now })
  if (made.growth !== 0) await setFacts(tx, organisation, feed.name, feed.facts + made.growth)
  const hostsCameOrWent = made.growth !== 0 && named.some(({ type }) => type === hosts.name)
  if (!hostsCameOrWent) return touched
  const types = await typesOfHosts(tx, organisation)
  return [...touched, ...types.map((type) => coverageKeyOf({ type, scope: null }))]
}

/** A register covers the scopes of what it says, also when that is a part of the world. */
async function coverScopes(
  tx: Tx,
  organisation: string,
  feed: string,
  facts: readonly CheckedFact[],
  now: Instant,
): Promise<string[]> {
  const parts = facts.filter(({ scope }) => scope !== '-').map(({ type, scope }) => whole(type, scope))
  if (parts.length === 0) return []
  const before = await coverageOf(tx, organisation, feed)
  const { put } = coverageChange(before, [...before, ...parts])
  await putCoverage(tx, organisation, feed, put, now)
  return touchedByCoverage(put)
}

/** Ends the feeds of a host: by a record, never by silence. */
export async function endHost(tx: Tx, organisation: string, host: string, now: Instant): Promise<void> {
  await setHostEnded(tx, organisation, host, now)
  const ended = await endFeeds(tx, organisation, host, now)
  const ids = await factIdsOf(tx, organisation, ended)
  const touched = await closeVersions(tx, organisation, { changed: [], gone: ids }, now)
  const covered = await deleteCoverageOf(tx, organisation, ended)
  for (const feed of ended) await closeSilence(tx, organisation, feed, now)
  await addTouched(tx, organisation, [...touched, ...touchedByCoverage(covered)], now)
}

export async function reopenHost(tx: Tx, organisation: string, host: string): Promise<void> {
  await setHostEnded(tx, organisation, host, null)
}
