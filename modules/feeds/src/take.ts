import type { Clock, Coverage, Instant } from '@hevd/core'
import type { Database, Tx } from '@hevd/postgres'
import type { FastifyBaseLogger } from 'fastify'
import { applyChange } from './apply.ts'
import type { FeedsConfig } from './config.ts'
import type { Answer, Report } from './contract.ts'
import { type Checked, checkReport, isRefusal, type Vocabulary } from './domain/checked.ts'
import { coverageChange, touchedByCoverage } from './domain/coverage-change.ts'
import { afterSilence, heardAt } from './domain/freshness.ts'
import { type Refusal, refuse } from './domain/refusals.ts'
import type { RuleDigests } from './domain/rules.ts'
import { changeOf } from './domain/word.ts'
import type { Record } from './record.ts'
import { writeByRules } from './rules.ts'
import { recordAfterSilence } from './silence.ts'
import { coverageOf, deleteCoverage, putCoverage } from './store/coverage.ts'
import { factsByKey, factsOf, keptFacts } from './store/fact.ts'
import {
  beat,
  type FeedRow,
  type Heard,
  hear,
  holdHost,
  insertFeed,
  lockFeed,
  setError,
  wordOf,
} from './store/feed.ts'
import { addTouched } from './store/touched.ts'

export type TakeContext = {
  readonly db: Database
  readonly clock: Clock
  readonly record: Record
  readonly config: FeedsConfig
  readonly logger: Pick<FastifyBaseLogger, 'warn'>
  readonly vocabulary: Vocabulary
  /** Of the vocabulary's look-up rules. */
  readonly rules: RuleDigests
}

type Outcome = { readonly answer: Answer; readonly touched: boolean }

/** Takes reports one by one, each in a transaction of its own; `tell` hears of those that touched something. */
export async function takeReports(
  context: TakeContext,
  organisation: string,
  host: string,
  reports: readonly Report[],
  tell: (organisation: string) => void,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const report of reports) {
    const { answer, touched } = await takeReport(context, organisation, host, report)
    answers.push(answer)
    if (touched) tell(organisation)
  }
  return answers
}

async function takeReport(
  context: TakeContext,
  organisation: string,
  host: string,
  report: Report,
): Promise<Outcome> {
  const { db, clock, config, vocabulary } = context
  const name = `${host}/${report.collector}`
  const checked = checkReport(report, host, config, vocabulary)
  if (isRefusal(checked)) {
    await db.transaction(organisation, (tx) =>
      remember(tx, organisation, name, host, report, checked, clock.now()),
    )
    return refusedBy(report, checked)
  }
  return db.transaction(organisation, async (tx) => {
    const receivedAt = clock.now()
    const { sequence, digest, title, interval, observedAt } = checked
    const silentAfter = Math.max(3, config.silentAfterIntervals) * checked.intervalMs
    const heard = {
      sequence,
      digest,
      title,
      interval,
      observedAt,
      receivedAt,
      ...heardAt(observedAt, receivedAt, silentAfter),
    }
    if (isHeartbeat(checked) && (await beat(tx, organisation, name, heard))) return taken(report, false)
    return takeWord(tx, context, organisation, host, name, checked, heard)
  })
}

function isHeartbeat({ kind, put, gone, coverage }: Checked): boolean {
  return kind === 'difference' && put.length === 0 && gone.length === 0 && coverage === null
}

/** A word that is more than a heartbeat, under the lock of its feed. */
async function takeWord(
  tx: Tx,
  context: TakeContext,
  organisation: string,
  host: string,
  name: string,
  report: Checked,
  heard: Heard,
): Promise<Outcome> {
  await writeByRules(tx, organisation, context.rules, report.put)
  if (!(await holdHost(tx, organisation, host))) {
    const refusal = refuse('host-ended', { host })
    await remember(tx, organisation, name, host, report, refusal, heard.receivedAt)
    return refusedBy(report, refusal)
  }
  let feed = await lockFeed(tx, organisation, name)
  if (feed === undefined) {
    if (report.kind === 'difference') return wantsFull(report, 'this feed is not known here')
    await insertFeed(tx, { ...heard, organisation, name, kind: 'agent', host })
    feed = await lockFeed(tx, organisation, name)
    if (feed === undefined) throw new Error(`Feed ${name} was not made`)
  }
  if (feed.recent.includes(wordOf(heard))) return taken(report, false)
  const gap = report.kind === 'full' ? null : gapBefore(feed, report)
  if (gap !== null) return wantsFull(report, gap)
  if (isSaidAgain(feed, report) && heard.heardAt <= (feed.heard_at ?? 0)) return taken(report, false)

  const now = heard.receivedAt
  const before = await coverageOf(tx, organisation, name)
  const covered = coverageChange(before, report.coverage)
  const standing =
    report.kind === 'full'
      ? await factsOf(tx, organisation, name)
      : [
          ...(await factsByKey(tx, organisation, name, [...report.put, ...report.gone])),
          ...(await keptFacts(tx, organisation, name)),
        ]
  const change = changeOf(report, standing, covered.after, host, feed.digest)
  if (change.digest !== report.digest) {
    if (report.kind === 'full')
      await setError(tx, organisation, name, refuse('digest-differs', { feed: name }), now)
    return wantsFull(report, 'the digest differs')
  }
  const silence = afterSilence(feed, heard, now)
  const touched = await applyChange(tx, organisation, name, change, {
    observedAt: heard.heardAt,
    recordedAt: now,
  })
  await deleteCoverage(tx, organisation, name, covered.gone)
  await putCoverage(tx, organisation, name, covered.put, now)
  await hear(tx, organisation, name, heard, feed.facts + change.growth, silence.recorded)
  await recordAfterSilence(tx, context.record, organisation, name, silence, now)
  const again: readonly Coverage[] = silence.looksAgain ? covered.after : []
  const keys = [...touched, ...touchedByCoverage([...covered.gone, ...covered.put, ...again])]
  await addTouched(tx, organisation, keys, now)
  return taken(report, keys.length > 0)
}

/** Why a difference does not follow what its feed said last; null when it does. */
function gapBefore(feed: FeedRow, report: Checked): string | null {
  if (feed.ended_at !== null || feed.heard_at === null) return 'this feed begins anew'
  const { sequence } = report
  if (sequence === feed.sequence + 1 || isSaidAgain(feed, report)) return null
  return `number ${sequence} does not follow ${feed.sequence}`
}

/** The last word as a heartbeat of another time: its answer was lost, and the agent has looked again meanwhile. */
function isSaidAgain({ sequence, digest }: FeedRow, report: Checked): boolean {
  return isHeartbeat(report) && report.sequence === sequence && report.digest === digest
}

/** A refused report leaves its reason on its feed, and nothing else. */
async function remember(
  tx: Tx,
  organisation: string,
  name: string,
  host: string,
  report: Pick<Report, 'title' | 'interval'>,
  refusal: Refusal,
  now: Instant,
): Promise<void> {
  await insertFeed(tx, {
    organisation,
    name,
    kind: 'agent',
    host,
    title: report.title,
    interval: report.interval,
  })
  await setError(tx, organisation, name, refusal, now)
}

const taken = ({ collector }: { readonly collector: string }, touched: boolean): Outcome => ({
  answer: { collector, state: 'taken', why: '' },
  touched,
})
const wantsFull = ({ collector }: { readonly collector: string }, why: string): Outcome => ({
  answer: { collector, state: 'wants-full', why },
  touched: false,
})
const refusedBy = ({ collector }: { readonly collector: string }, { words, remedy }: Refusal): Outcome => ({
  answer: { collector, state: 'refused', why: `${words.en} ${remedy.en}` },
  touched: false,
})
