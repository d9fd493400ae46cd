import { controlOf, unseen } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { Evidence, LookupView } from '../contract.ts'
import type { Input } from '../domain/inputs.ts'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import { editionNumbered } from '../store/editions.ts'
import { findingsOfSubject, inputOf, judgedAt, pastOfFinding } from '../store/findings.ts'
import { judgementOf } from '../store/rows.ts'
import type { Which } from '../store/wake.ts'
import { viewsOf } from './findings.ts'
import { standingOf } from './standing.ts'
import { wordsFor } from './words.ts'

const longestHistory = 1000

/** What one finding was judged from, as it was stored then, and how it stood before. Throws `no-such-finding`. */
export async function evidenceOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  which: Which,
): Promise<Evidence> {
  const standing = await standingOf(engine, tx, organisation)
  const [row] = await findingsOfSubject(tx, organisation, [which.test], which.subject)
  if (row === undefined) throw new PostureError('no-such-finding')
  const [finding] = await viewsOf(engine, tx, organisation, [row], standing)
  if (finding === undefined) throw new PostureError('no-such-finding')
  const edition = await editionNumbered(tx, organisation, controlOf(which.test), row.edition)
  const inputs = (await inputOf(tx, organisation, row.inputs)) ?? []
  const past = (await pastOfFinding(tx, organisation, which, longestHistory)).map((version) => ({
    ...version,
    why: judgementOf(version.verdict, version.why).why,
  }))
  const words = await wordsFor(
    engine,
    tx,
    organisation,
    past.map(({ why }) => why),
  )
  return {
    finding,
    judgedAt: (await judgedAt(tx, organisation, which)) ?? row.seen_at,
    policyDigest: edition?.policy_digest ?? '',
    testsDigest: edition?.tests_digest ?? '',
    inputsDigest: row.inputs.toString('hex'),
    lookups: await lookupViews(engine, tx, organisation, which.test, inputs),
    history: [
      { verdict: finding.verdict, why: finding.why, from: Math.max(finding.since, row.said_at), until: null },
      ...past.map(({ verdict, why, from_at: from, until_at: until }) => ({
        verdict,
        why: words.orNull(which.test, why),
        from,
        until,
      })),
    ],
  }
}

/** What a judgement read, with the words of what it could not see. */
export async function lookupViews(
  engine: Engine,
  tx: Tx,
  organisation: string,
  test: string,
  inputs: readonly Input[],
): Promise<LookupView[]> {
  const missing = inputs.flatMap(({ unseen: all }) => all.map((one) => unseen(one).why))
  const words = await wordsFor(engine, tx, organisation, missing)
  const feeds = inputs.flatMap(({ facts }) => facts.map(({ feed }) => feed))
  const titles = await engine.feeds.titles(tx, organisation, [...new Set(feeds)])
  return inputs.map(({ lookup: { type, by, value }, facts, unseen: all }) => ({
    type,
    by,
    value,
    facts: facts.map((fact) => ({ ...fact, source: titles.get(fact.feed) ?? null })),
    unseen: all.map((one) => words.unseen(test, one)),
  }))
}
