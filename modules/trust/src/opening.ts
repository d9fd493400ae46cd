import type { Opening } from './contract.ts'
import type { Context } from './deps.ts'
import { TrustError } from './errors.ts'
import { leafOf } from './store.ts'

/** What a leaf withholds, with the salt: an auditor recomputes the commitment that the log has. Throws `nothing-withheld`. */
export async function openingOf(
  { db, ledger }: Context,
  organisation: string,
  control: string,
  sequence: number,
): Promise<Opening> {
  const row = await db.transaction(organisation, (tx) => leafOf(tx, organisation, control, sequence))
  if (row === undefined || row.salt === null || row.withheld === null)
    throw new TrustError('nothing-withheld', { control, sequence: String(sequence) })
  return {
    leaf: row.leaf,
    proof: await ledger.proofOf(organisation, 'public', row.entry),
    salt: row.salt.toString('base64'),
    withheld: row.withheld,
  }
}
