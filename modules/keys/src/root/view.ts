import type { Act } from '../context.ts'
import type { RootKey } from '../contract.ts'
import { type Names, namesIn } from '../holders.ts'
import type { CeremonyProgress, SharePlan } from '../seal/seal.ts'
import { allKeys } from '../store/keys.ts'
import { rootOf } from '../store/root.ts'
import type { RootDeps } from './root-key.ts'

/** How the root key stands, as one account sees it. */
export async function rootView({ context, memories }: RootDeps, { organisation, by }: Act): Promise<RootKey> {
  const { sealing, clock } = context
  const memory = memories.of(organisation)
  return context.db.transaction(organisation, async (tx) => {
    const row = await rootOf(tx, organisation)
    const names = await namesIn(context, tx, organisation, [])
    const shared = row?.sealed.kind === 'shares' ? row.sealed : null
    const plan = shared === null ? null : sealing.shares.planOf(shared)
    const { sharing, resealing, why } = memory
    const state = row === undefined ? 'uninitialised' : memory.open === null ? 'sealed' : 'unsealed'
    const waits = sharing?.sharing.waitsFor() ?? []
    return {
      state,
      why: state === 'sealed' && why !== null ? { code: why.code, ...why.words } : null,
      seal: row?.sealed.kind ?? null,
      madeAt: row?.madeAt ?? null,
      sealedAt: row?.sealedAt ?? null,
      plan: plan === null ? null : planView(plan, names),
      youAreCustodian: plan?.custodians.includes(by) ?? false,
      available: ['shares', ...sealing.seals.keys()],
      sharing:
        sharing === null
          ? null
          : {
              ...planView(sharing.sharing.plan, names),
              waitsFor: waits.map(names.person),
              waitsForYou: waits.includes(by),
            },
      unsealing:
        state === 'sealed' && shared !== null
          ? ceremonyView(memory.unsealing.progress(shared, clock.now()), names, by)
          : null,
      resealing:
        resealing === null || shared === null
          ? null
          : {
              seal: resealing.choice.seal,
              plan: resealing.choice.seal === 'shares' ? planView(resealing.choice.plan, names) : null,
              ceremony: ceremonyView(resealing.ceremony.progress(shared, clock.now()), names, by),
            },
      keys: (await allKeys(tx, organisation)).length,
    }
  })
}

function planView({ threshold, custodians }: SharePlan, { person }: Names) {
  return { threshold, custodians: custodians.map(person) }
}

function ceremonyView(progress: CeremonyProgress, names: Names, by: string) {
  return {
    ...planView(progress, names),
    given: progress.given.map(names.person),
    givenByYou: progress.given.includes(by),
    expiresAt: progress.expiresAt,
  }
}
