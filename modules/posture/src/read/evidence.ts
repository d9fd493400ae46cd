import { controlOf } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { Evidence } from '../contract.ts'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import { editionNumbered } from '../store/editions.ts'
import { findingsOfSubject, inputOf, judgedAt, pastOfFinding } from '../store/findings.ts'
import { judgementOf } from '../store/rows.ts'
import type { Which } from '../store/wake.ts'
import { viewsOf } from './findings.ts'
import { standingOf } from './standing.ts'
import { reasonOrNull, unseenView } from './words.ts'

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
  const past = await pastOfFinding(tx, organisation, which, longestHistory)
  return {
    finding,
    judgedAt: (await judgedAt(tx, organisation, which)) ?? row.seen_at,
    policyDigest: edition?.policy_digest ?? '',
    testsDigest: edition?.tests_digest ?? '',
    inputsDigest: row.inputs.toString('hex'),
    lookups: inputs.map(({ lookup: { type, by, value }, facts, unseen }) => ({
      type,
      by,
      value,
      facts: facts.map((fact) => ({ ...fact })),
      unseen: unseen.map((missing) => unseenView(engine, which.test, missing)),
    })),
    history: [
      { verdict: finding.verdict, why: finding.why, from: finding.since, until: null },
      ...past.map(({ verdict, why, from_at: from, until_at: until }) => ({
        verdict,
        why: reasonOrNull(engine, which.test, judgementOf(verdict, why).why),
        from,
        until,
      })),
    ],
  }
}
