import type { Instant } from '@hevd/core'
import type { InclusionProof } from '@hevd/ledger'
import { z } from 'zod'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import type { PeriodRow } from './store.ts'

const leaf = z.object({ at: z.number(), period: z.string().optional() })

/**
 * The proof of one entry of the internal log, for whoever sees this period alone: what was entered within it, or is
 * about it. Throws `not-in-period`, also where there is no such entry or no checkpoint covers it yet.
 */
export async function entryProof(
  { ledger }: Engine,
  organisation: string,
  period: PeriodRow,
  index: number,
): Promise<InclusionProof> {
  const proof = await ledger.proofAt(organisation, 'internal', index)
  if (proof === null) throw new PostureError('not-in-period')
  const read = leaf.safeParse(JSON.parse(Buffer.from(proof.leaf, 'base64').toString()))
  if (!read.success || !(within(period, read.data.at) || read.data.period === period.id))
    throw new PostureError('not-in-period')
  return proof
}

/** Whether a moment lies in a period. */
export function within({ from_at, until_at }: PeriodRow, moment: Instant): boolean {
  return from_at <= moment && moment < until_at
}
