import type { ControlProof } from './contract.ts'
import type { Context } from './deps.ts'
import { TrustError } from './errors.ts'
import { newestLeavesOf } from './store.ts'

/**
 * The newest leaf of one control that a signed checkpoint covers, and how the public log stands, which has it.
 * Throws `no-such-control` or `nothing-published`.
 */
export async function controlProofOf(
  { db, ledger, catalogue }: Context,
  organisation: string,
  control: string,
): Promise<ControlProof> {
  if (!catalogue.controls.has(control)) throw new TrustError('no-such-control', { control })
  const rows = await db.transaction(organisation, (tx) => newestLeavesOf(tx, organisation, control, 2))
  const entries = rows.map(({ entry }) => entry)
  const proofs = await ledger.proofsOf(organisation, 'public', entries)
  for (const { entry, leaf } of rows) {
    const proof = proofs.get(entry)
    if (proof !== undefined) return { leaf, proof, log: await ledger.state(organisation, 'public') }
  }
  throw new TrustError('nothing-published')
}
