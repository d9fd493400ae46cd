import { type Act, type KeysContext, record } from '../context.ts'
import type { ChoosingSeal } from '../contract.ts'
import { isRootKey, rootContext, rootKeyLength, verifierOf } from '../domain/root-key.ts'
import { KeysError } from '../errors.ts'
import { putCustody } from '../facts.ts'
import type { Seal, SealedRoot } from '../seal/seal.ts'
import { insertRoot, type RootRow, raiseGeneration, resealRoot, rootOf, setClosed } from '../store/root.ts'
import type { Choice, RootMemories } from './memory.ts'

export type RootDeps = { readonly context: KeysContext; readonly memories: RootMemories }

/**
 * Makes the root key. With shares it is stored, and the vault open, when every custodian has taken theirs. Throws
 * `already-initialised`, `sharing-under-way`, `seal-not-set`, `no-such-holder`, and why the seal cannot wrap it.
 */
export async function makeRootKey(deps: RootDeps, act: Act, choosing: ChoosingSeal): Promise<void> {
  const { context, memories } = deps
  const { organisation } = act
  const memory = memories.of(organisation)
  if ((await storedRoot(deps, organisation)) !== undefined) throw new KeysError('already-initialised')
  if (memory.sharing !== null) throw new KeysError('sharing-under-way')
  const choice = await choiceOf(deps, organisation, choosing)
  const rootKey = context.random(rootKeyLength)
  try {
    if (choice.seal === 'shares') {
      const sharing = await context.sealing.shares.wrap(rootKey, rootContext(organisation), choice.plan)
      memory.sharing = { sharing, rootKey }
      await recorded(deps, act, 'root-key-sharing-begun', choiceBody(choice))
      return
    }
    const sealed = await sealNamed(context, choice.seal).wrap(rootKey, rootContext(organisation))
    await storeNew(deps, act, sealed, rootKey)
  } catch (error) {
    if (memory.open?.rootKey !== rootKey) rootKey.fill(0)
    if (memory.sharing?.rootKey === rootKey) memory.sharing = null
    throw error
  }
}

/**
 * Hands a custodian their own share, once; with the last one the new seal is in force. Throws `no-sharing`, `not-custodian`
 * or `share-taken`.
 */
export async function takeShare(
  deps: RootDeps,
  act: Act,
): Promise<{ readonly share: string; readonly threshold: number; readonly custodians: number }> {
  const { organisation, by } = act
  const memory = deps.memories.of(organisation)
  const pending = memory.sharing
  if (pending === null) throw new KeysError('no-sharing')
  const { plan, sealed } = pending.sharing
  const waits = pending.sharing.waitsFor()
  // Stored before the last share is handed out: nobody has a share of what was never stored.
  if (waits.length === 1 && waits[0] === by) {
    if (pending.rootKey === null) await storeResealed(deps, act, sealed)
    else await storeNew(deps, act, sealed, pending.rootKey)
    memory.sharing = null
  }
  const share = pending.sharing.take(by)
  await recorded(deps, act, 'root-key-share-taken', { waits: pending.sharing.waitsFor().length })
  return { share, threshold: plan.threshold, custodians: plan.custodians.length }
}

/** Gives up a sharing or a re-sealing that is under way; what was in force stays so. Throws `no-sharing`. */
export async function cancelSharing(deps: RootDeps, act: Act): Promise<void> {
  const memory = deps.memories.of(act.organisation)
  if (memory.sharing === null && memory.resealing === null) throw new KeysError('no-sharing')
  await recorded(deps, act, 'root-key-sharing-cancelled', {})
  memory.sharing?.sharing.discard()
  memory.sharing?.rootKey?.fill(0)
  memory.sharing = null
  memory.resealing?.ceremony.reset()
  memory.resealing = null
}

/**
 * Seals the same root key otherwise. Where custodians hold it, they must agree ({@link giveToReseal}); else the vault must be
 * open. Throws `not-initialised`, `sealed`, `sharing-under-way`, `seal-not-set`, `no-such-holder`.
 */
export async function resealRootKey(deps: RootDeps, act: Act, choosing: ChoosingSeal): Promise<void> {
  const { memories, context } = deps
  const { organisation } = act
  const memory = memories.of(organisation)
  const row = await neededRoot(deps, organisation)
  if (memory.sharing !== null || memory.resealing !== null) throw new KeysError('sharing-under-way')
  const choice = await choiceOf(deps, organisation, choosing)
  if (row.sealed.kind === 'shares') {
    await recorded(deps, act, 'root-key-reseal-asked', choiceBody(choice))
    memory.resealing = { choice, ceremony: context.sealing.shares.ceremony() }
    return
  }
  if (memory.open === null) throw new KeysError('sealed')
  await sealAs(deps, act, choice, memory.open.rootKey)
}

/** A custodian's share to the re-sealing; with the last that is needed it is carried out. Throws `no-sharing`, and as a ceremony. */
export async function giveToReseal(deps: RootDeps, act: Act, share: string): Promise<void> {
  const { memories, context } = deps
  const { organisation, by } = act
  const memory = memories.of(organisation)
  if (memory.resealing === null) throw new KeysError('no-sharing')
  const { choice, ceremony } = memory.resealing
  const row = await neededRoot(deps, organisation)
  const offered = { custodian: by, share, now: context.clock.now() }
  const rootKey = await ceremony.offer(row.sealed, rootContext(organisation), offered)
  await recorded(deps, act, 'root-key-share-given', { to: 'reseal' })
  if (rootKey === null) return
  memory.resealing = null
  try {
    if (!isRootKey(rootKey, organisation, row.verifier)) throw new KeysError('root-key-wrong')
    await sealAs(deps, act, choice, rootKey)
  } finally {
    rootKey.fill(0)
  }
}

async function sealAs(deps: RootDeps, act: Act, choice: Choice, rootKey: Buffer): Promise<void> {
  const { context, memories } = deps
  const bound = rootContext(act.organisation)
  if (choice.seal === 'shares') {
    const sharing = await context.sealing.shares.wrap(rootKey, bound, choice.plan)
    memories.of(act.organisation).sharing = { sharing, rootKey: null }
    await recorded(deps, act, 'root-key-sharing-begun', choiceBody(choice))
    return
  }
  await storeResealed(deps, act, await sealNamed(context, choice.seal).wrap(rootKey, bound))
}

async function storeNew(deps: RootDeps, act: Act, sealed: SealedRoot, rootKey: Buffer): Promise<void> {
  const { context, memories } = deps
  const { organisation, by } = act
  await context.db.transaction(organisation, async (tx) => {
    const verifier = verifierOf(rootKey, organisation)
    if (!(await insertRoot(tx, organisation, sealed, verifier, context.clock.now())))
      throw new KeysError('already-initialised')
    await raiseGeneration(tx, organisation)
    await putCustody(context, tx, organisation, sealed)
    await record(context, tx, organisation, 'root-key-made', { seal: sealed.kind, by })
  })
  memories.open(organisation, rootKey)
}

async function storeResealed({ context }: RootDeps, { organisation, by }: Act, sealed: SealedRoot) {
  await context.db.transaction(organisation, async (tx) => {
    await resealRoot(tx, organisation, sealed, context.clock.now())
    await putCustody(context, tx, organisation, sealed)
    await record(context, tx, organisation, 'root-key-resealed', { seal: sealed.kind, by })
  })
}

/** Seals the vault at once, on every server. Throws `not-initialised`. */
export async function sealVault(deps: RootDeps, act: Act): Promise<void> {
  const { context, memories } = deps
  const { organisation, by } = act
  await neededRoot(deps, organisation)
  await context.db.transaction(organisation, async (tx) => {
    await setClosed(tx, organisation, context.clock.now())
    await raiseGeneration(tx, organisation)
    await record(context, tx, organisation, 'vault-sealed', { by })
  })
  memories.close(organisation)
}

/** A custodian's share; with the last that is needed the vault opens. Throws `not-initialised`, `not-sealed`, and as a ceremony. */
export async function giveToUnseal(deps: RootDeps, act: Act, share: string): Promise<void> {
  const { context, memories } = deps
  const { organisation, by } = act
  const memory = memories.of(organisation)
  const row = await neededRoot(deps, organisation)
  if (memory.open !== null) throw new KeysError('not-sealed')
  if (row.sealed.kind !== 'shares') throw new KeysError('not-custodian')
  const offered = { custodian: by, share, now: context.clock.now() }
  const rootKey = await memory.unsealing.offer(row.sealed, rootContext(organisation), offered)
  await recorded(deps, act, 'root-key-share-given', { to: 'unseal' })
  if (rootKey !== null) await takeUp(deps, organisation, row, rootKey, by)
}

/**
 * Forgets the shares that were given to open the vault. For custodians, and for administrators: else throws `not-custodian`,
 * so that nobody else keeps it shut by asking again and again.
 */
export async function forgetShares(deps: RootDeps, act: Act, isAdministrator: boolean): Promise<void> {
  const { context, memories } = deps
  const { sealed } = await neededRoot(deps, act.organisation)
  const custodians = sealed.kind === 'shares' ? context.sealing.shares.planOf(sealed).custodians : []
  if (!isAdministrator && !custodians.includes(act.by)) throw new KeysError('not-custodian')
  await recorded(deps, act, 'root-key-shares-forgotten', {})
  memories.of(act.organisation).unsealing.reset()
}

/** Opens the vault by a seal that needs nobody; `by` is null where nobody asked. Throws why it does not open. */
export async function openBySeal(deps: RootDeps, organisation: string, by: string | null): Promise<void> {
  const { context, memories } = deps
  const row = await neededRoot(deps, organisation)
  const memory = memories.of(organisation)
  if (memory.open !== null) return
  try {
    if (row.sealed.kind === 'shares') throw new KeysError('sealed')
    const rootKey = await sealNamed(context, row.sealed.kind).unwrap(row.sealed, rootContext(organisation))
    await takeUp(deps, organisation, row, rootKey, by)
  } catch (error) {
    memory.why = error instanceof KeysError ? error : null
    throw error
  }
}

async function takeUp(
  { context, memories }: RootDeps,
  organisation: string,
  row: RootRow,
  rootKey: Buffer,
  by: string | null,
): Promise<void> {
  if (!isRootKey(rootKey, organisation, row.verifier)) {
    rootKey.fill(0)
    throw new KeysError('root-key-wrong')
  }
  await context.db.transaction(organisation, async (tx) => {
    if (row.closedAt !== null) {
      await setClosed(tx, organisation, null)
      await raiseGeneration(tx, organisation)
    }
    await record(context, tx, organisation, 'vault-unsealed', { seal: row.sealed.kind, by })
  })
  memories.open(organisation, rootKey)
}

/** The chosen seal, whose custodians are accounts that are not disabled. */
async function choiceOf(
  { context }: RootDeps,
  organisation: string,
  choosing: ChoosingSeal,
): Promise<Choice> {
  if (choosing.seal !== 'shares') {
    sealNamed(context, choosing.seal)
    return choosing
  }
  const { threshold, custodians } = choosing
  const standing = await context.db.transaction(organisation, (tx) => context.standing(tx, custodians))
  const able = new Set(
    standing.filter(({ role, disabledAt }) => role !== 'auditor' && disabledAt === null).map(({ id }) => id),
  )
  if (custodians.some((id) => !able.has(id))) throw new KeysError('no-such-holder')
  return { seal: 'shares', plan: { threshold, custodians } }
}

function choiceBody(choice: Choice) {
  return choice.seal === 'shares'
    ? { seal: choice.seal, threshold: choice.plan.threshold, custodians: [...choice.plan.custodians] }
    : { seal: choice.seal }
}

function sealNamed({ sealing }: KeysContext, kind: Seal['kind']): Seal {
  const seal = sealing.seals.get(kind)
  if (seal === undefined) throw new KeysError('seal-not-set')
  return seal
}

export function storedRoot({ context }: RootDeps, organisation: string): Promise<RootRow | undefined> {
  return context.db.transaction(organisation, (tx) => rootOf(tx, organisation))
}

async function neededRoot(deps: RootDeps, organisation: string): Promise<RootRow> {
  const row = await storedRoot(deps, organisation)
  if (row === undefined) throw new KeysError('not-initialised')
  return row
}

async function recorded(
  { context }: RootDeps,
  { organisation, by }: Act,
  kind: string,
  body: Parameters<typeof record>[4],
): Promise<void> {
  await context.db.transaction(organisation, (tx) => record(context, tx, organisation, kind, { ...body, by }))
}
