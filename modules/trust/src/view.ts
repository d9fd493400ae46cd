import type { Tx } from '@hevd/postgres'
import type { ProvenLeaf, TrustControl, TrustView } from './contract.ts'
import type { Context } from './deps.ts'
import { publicityAt } from './domain/publicity.ts'
import { TrustError } from './errors.ts'
import { beginnings, decisions, newestLeaves, organisationsOf, type StoredLeaf, textsOf } from './store.ts'

/**
 * What the public page shows: of each control the newest leaf that a signed checkpoint covers, with its proof and the
 * words it is the digest of, all against one checkpoint. Never live state. Throws `nothing-published`.
 */
export async function trustView(context: Context, organisation: string): Promise<TrustView> {
  const { db, ledger, clock, catalogue, config } = context
  const now = clock.now()
  const { newest, history, decided, named } = await db.transaction(organisation, async (tx) => {
    const newest = await newestLeaves(tx, organisation, 2)
    const decided = await decisions(tx, organisation)
    const open = [...catalogue.controls.keys()].filter(
      (id) => publicityAt(id, decided.get(id), now).shows === 'status-and-history',
    )
    const history = await beginnings(tx, organisation, open, config.history)
    return { newest, history, decided, named: await nameOf(tx, organisation) }
  })
  const { origin, verifierKey } = await ledger.state(organisation, 'public')
  const rows = [...newest, ...history]
  const proofs = await ledger.proofsOf(
    organisation,
    'public',
    rows.map(({ entry }) => entry),
  )
  const proven = (row: StoredLeaf): ProvenLeaf[] => {
    const proof = proofs.get(row.entry)
    return proof === undefined ? [] : [{ leaf: row.leaf, proof }]
  }
  const current = new Map<string, ProvenLeaf>()
  for (const row of newest) {
    const [found] = proven(row)
    if (found !== undefined && !current.has(row.control)) current.set(row.control, found)
  }
  const [checkpoint] = [...current.values()].map(({ proof }) => proof.checkpoint)
  if (checkpoint === undefined) throw new TrustError('nothing-published')
  const words = await db.transaction(organisation, (tx) =>
    textsOf(
      tx,
      organisation,
      [...current.values()].flatMap(({ leaf: { policyDigest, reasonDigest } }) =>
        reasonDigest === undefined ? [policyDigest] : [policyDigest, reasonDigest],
      ),
    ),
  )
  const controlOf = (id: string): TrustControl[] => {
    const shown = current.get(id)
    const text = shown === undefined ? undefined : words.get(shown.leaf.policyDigest)
    const why = words.get(shown?.leaf.reasonDigest ?? '')
    if (shown === undefined || text === undefined || 'reason' in text) return []
    const { shows, next } = publicityAt(id, decided.get(id), now)
    const past = history.filter(({ control, sequence }) => control === id && sequence <= shown.leaf.sequence)
    const notApplicable = why !== undefined && 'reason' in why ? why : null
    return [{ ...text, ...shown, shows, withholding: next, notApplicable, history: past.flatMap(proven) }]
  }
  return {
    organisation: { id: organisation, ...named },
    at: now,
    origin,
    verifierKey,
    checkpoint,
    sections: catalogue.sections.map(({ id, title, controls }) => ({
      id,
      title,
      controls: controls.flatMap((control) => controlOf(control.id)),
    })),
  }
}

async function nameOf(tx: Tx, organisation: string): Promise<{ name: string; timeZone: string }> {
  const found = (await organisationsOf(tx)).find(({ id }) => id === organisation)
  return { name: found?.name ?? '', timeZone: found?.time_zone ?? 'UTC' }
}
