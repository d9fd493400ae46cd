import {
  encryptionKeys,
  keyAccounts,
  keyGrants,
  keyStoreLists,
  keyStores,
  rootKeyCustody,
  type Said,
} from '@hevd/facts'
import type { Standing } from '@hevd/identity'
import type { Tx } from '@hevd/postgres'
import { type KeysContext, today } from './context.ts'
import type { SealedRoot } from './seal/seal.ts'
import { accountsGranted, type GrantRow } from './store/grants.ts'
import type { KeyRow } from './store/keys.ts'
import { rootOf } from './store/root.ts'
import type { Confirmed, StoreRow } from './store/stores.ts'

type Deps = Pick<KeysContext, 'feeds' | 'standing' | 'sealing' | 'clock'>

export const register = {
  name: 'keys',
  title: { nb: 'Nøkkelhvelvet', en: 'The key vault' },
  types: [encryptionKeys.name, keyGrants.name, keyAccounts.name, rootKeyCustody.name],
}

/** Keys that live elsewhere are entered by people, so they are a register of their own. */
export const storesRegister = {
  name: 'key-stores',
  title: { nb: 'Registeret over nøkkellagre', en: 'The register of key stores' },
  types: [keyStores.name, keyStoreLists.name],
}

/** Opens the vault's register, which also lets one change of an organisation's vault happen at a time. */
export function openKeys({ feeds }: Pick<Deps, 'feeds'>, tx: Tx, organisation: string): Promise<void> {
  return feeds.openRegister(tx, organisation, register)
}

export function putKeyFact(
  { feeds }: Pick<Deps, 'feeds'>,
  tx: Tx,
  organisation: string,
  key: KeyRow,
): Promise<void> {
  const { id, name, type: kind, latest: version, rotatedAt, exportable, deletedAt } = key
  return feeds.put(tx, organisation, register.name, [
    {
      type: encryptionKeys.name,
      value: { id, name, kind, version, rotatedAt, exportable, deletedAt },
    },
  ])
}

/** A destroyed key is gone, and its grants with it. */
export function removeKeyFacts(
  { feeds }: Pick<Deps, 'feeds'>,
  tx: Tx,
  organisation: string,
  key: string,
  grants: readonly GrantRow[],
): Promise<void> {
  const approved = grants.filter(({ decision }) => decision === 'approved')
  return feeds.remove(tx, organisation, register.name, [
    { type: encryptionKeys.name, key },
    ...approved.map(({ id }) => ({ type: keyGrants.name, key: id })),
  ])
}

/** @param holderName what a reader calls the holder */
export function grantFact(grant: GrantRow, holderName: string): Said {
  return {
    type: keyGrants.name,
    value: {
      id: grant.id,
      key: grant.key,
      keyName: grant.keyName,
      holder: { kind: grant.holderKind, id: grant.holder, name: holderName },
      operations: [...grant.operations],
      purpose: grant.purpose,
      from: grant.from,
      until: grant.until,
      askedBy: grant.askedBy,
      approvedBy: grant.decision === 'approved' ? grant.decidedBy : null,
      singleApprover: grant.singleApprover,
      revokedAt: grant.revokedAt,
    },
  }
}

/** An approved grant as it is now; those that wait or were refused give nothing, and are no facts. */
export async function putGrantFact(
  deps: Deps & Pick<KeysContext, 'people'>,
  tx: Tx,
  organisation: string,
  grant: GrantRow,
  holderName: string,
): Promise<void> {
  await deps.feeds.put(tx, organisation, register.name, [grantFact(grant, holderName)])
  if (grant.holderKind === 'account') await putAccounts(deps, tx, organisation, [grant.holder])
}

/** How the root key is sealed now, and the accounts that have a share. */
export async function putCustody(
  deps: Deps,
  tx: Tx,
  organisation: string,
  sealed: SealedRoot,
): Promise<void> {
  await openKeys(deps, tx, organisation)
  const { custodians, threshold } = planOf(deps, sealed)
  await deps.feeds.put(tx, organisation, register.name, [
    {
      type: rootKeyCustody.name,
      value: { id: 'hevd', seal: sealed.kind, custodians: [...custodians], threshold },
    },
  ])
  await putAccounts(deps, tx, organisation, custodians)
}

function planOf({ sealing }: Pick<Deps, 'sealing'>, sealed: SealedRoot) {
  return sealed.kind === 'shares' ? sealing.shares.planOf(sealed) : { custodians: [], threshold: 0 }
}

/** Says of these accounts whether they can sign in. A second factor is not asked for yet, so nobody can tell of it. */
async function putAccounts(deps: Deps, tx: Tx, organisation: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const standing = await deps.standing(tx, ids)
  await deps.feeds.put(tx, organisation, register.name, standing.map(accountFact))
}

function accountFact({ id, name, disabledAt }: Standing): Said {
  return { type: keyAccounts.name, value: { id, name, disabledAt, secondFactor: null } }
}

/** Says anew of an account that changed, if it can use keys or has a share of the root key. */
export async function putAccountIfKnown(
  deps: Deps,
  tx: Tx,
  organisation: string,
  account: string,
): Promise<void> {
  const root = await rootOf(tx, organisation)
  const custodians = root === undefined ? [] : planOf(deps, root.sealed).custodians
  const holders = await accountsGranted(tx, organisation, await today(deps, tx, organisation))
  if (!custodians.includes(account) && !holders.includes(account)) return
  await openKeys(deps, tx, organisation)
  await putAccounts(deps, tx, organisation, [account])
}

export function storeFact({ changedAt: toldAt, changedBy: _by, reachedBy, ...store }: StoreRow): Said {
  return {
    type: keyStores.name,
    value: { ...store, reachedBy: reachedBy === null ? null : [...reachedBy], toldAt },
  }
}

export function storeListFact({ at, by }: Confirmed, stores: number): Said {
  return { type: keyStoreLists.name, value: { id: 'key-stores', confirmedAt: at, confirmedBy: by, stores } }
}
