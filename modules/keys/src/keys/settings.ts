import { plus } from '@hevd/core'
import { isAlone } from '../context.ts'
import type { ChangingKey } from '../contract.ts'
import { KeysError } from '../errors.ts'
import { destroyVersions, type KeyRow } from '../store/keys.ts'
import { timeZone } from '../store/root.ts'
import { type Actor, changeKeyBy, type VaultDeps } from './changing.ts'
import { rotationDue } from './making.ts'

/** Changes what a key allows. Throws `no-such-key`, `key-deleted`, `not-valid-key`. */
export function changeSettings(
  deps: VaultDeps,
  actor: Actor,
  name: string,
  change: ChangingKey,
): Promise<KeyRow> {
  return changeKeyBy(deps, actor, name, async (tx, key) => {
    if (key.deletedAt !== null) throw new KeysError('key-deleted')
    const autoRotate = change.autoRotate === undefined ? key.autoRotate : change.autoRotate
    const after = {
      ...key,
      minDecryption: change.minDecryption ?? key.minDecryption,
      minEncryption: change.minEncryption ?? key.minEncryption,
      deletionAllowed: change.deletionAllowed ?? key.deletionAllowed,
      autoRotate,
      rotatesAt:
        autoRotate === key.autoRotate
          ? key.rotatesAt
          : await rotationDue(tx, actor.organisation, autoRotate, key.rotatedAt),
    }
    checkVersions(after)
    const { minDecryption, minEncryption, deletionAllowed } = after
    return { after, kind: 'key-changed', body: { minDecryption, minEncryption, deletionAllowed, autoRotate } }
  })
}

/** Destroys versions before one for ever. Throws `no-such-key`, `key-deleted`, `not-valid-key`. */
export function trimKey(deps: VaultDeps, actor: Actor, name: string, minAvailable: number): Promise<KeyRow> {
  return changeKeyBy(deps, actor, name, async (tx, key) => {
    if (key.deletedAt !== null) throw new KeysError('key-deleted')
    if (
      minAvailable < key.minAvailable ||
      minAvailable > key.minDecryption ||
      (key.minEncryption !== 0 && minAvailable > key.minEncryption)
    )
      throw new KeysError('not-valid-key', notTrimmed)
    await destroyVersions(tx, actor.organisation, key.id, minAvailable, deps.context.clock.now())
    return { after: { ...key, minAvailable }, kind: 'key-trimmed', body: { minAvailable } }
  })
}

/** Deletes a key: nobody can use it, and it is destroyed after a while. Throws `no-such-key`, `deletion-not-allowed`. */
export function deleteKey(deps: VaultDeps, actor: Actor, name: string): Promise<KeyRow> {
  const { clock, config } = deps.context
  return changeKeyBy(deps, actor, name, async (tx, key) => {
    if (key.deletedAt !== null) return null
    if (!key.deletionAllowed) throw new KeysError('deletion-not-allowed')
    const deletedAt = clock.now()
    const destroysAt = plus(deletedAt, config.deletionWait, await timeZone(tx, actor.organisation))
    return { after: { ...key, deletedAt, destroysAt }, kind: 'key-deleted', body: { destroysAt } }
  })
}

/** Takes a deleted key back before it is destroyed. Throws `no-such-key`. */
export function restoreKey(deps: VaultDeps, actor: Actor, name: string): Promise<KeyRow> {
  return changeKeyBy(deps, actor, name, async (_tx, key) =>
    key.deletedAt === null
      ? null
      : { after: { ...key, deletedAt: null, destroysAt: null }, kind: 'key-restored' },
  )
}

/** Asks that a key be made exportable, which somebody else must approve. Throws `no-such-key`, `key-deleted`. */
export function askExport(deps: VaultDeps, actor: Actor, name: string): Promise<KeyRow> {
  return changeKeyBy(deps, actor, name, async (_tx, key) => {
    if (key.deletedAt !== null) throw new KeysError('key-deleted')
    if (key.exportable || key.exportAskedBy !== null) return null
    const after = { ...key, exportAskedBy: actor.by, exportAskedAt: deps.context.clock.now() }
    return { after, kind: 'key-export-asked' }
  })
}

/** Approves that. Throws `no-such-key`, `nothing-asked`, `own-approval` unless one account alone is administrator. */
export function approveExport(deps: VaultDeps, actor: Actor, name: string): Promise<KeyRow> {
  return changeKeyBy(deps, actor, name, async (tx, key) => {
    if (key.exportAskedBy === null) throw new KeysError('nothing-asked')
    const own = key.exportAskedBy === actor.by
    if (own && !(await isAlone(deps.context, tx, actor.by))) throw new KeysError('own-approval')
    const after = {
      ...key,
      exportable: true,
      exportAskedBy: null,
      exportAskedAt: null,
      exportApprovedBy: actor.by,
    }
    return { after, kind: 'key-export-approved', body: { askedBy: key.exportAskedBy, singleApprover: own } }
  })
}

/** Refuses what is asked, or takes it back; a key that is exportable is so no more. Throws `no-such-key`, `nothing-asked`. */
export function refuseExport(deps: VaultDeps, actor: Actor, name: string): Promise<KeyRow> {
  return changeKeyBy(deps, actor, name, async (_tx, key) => {
    if (!key.exportable && key.exportAskedBy === null) throw new KeysError('nothing-asked')
    const after = {
      ...key,
      exportable: false,
      exportAskedBy: null,
      exportAskedAt: null,
      exportApprovedBy: null,
    }
    return { after, kind: 'key-export-refused' }
  })
}

function checkVersions({ latest, minAvailable, minDecryption, minEncryption }: KeyRow): void {
  if (minDecryption < minAvailable || minDecryption > latest)
    throw new KeysError('not-valid-key', notDecryption)
  if (minEncryption !== 0 && (minEncryption < minDecryption || minEncryption > latest))
    throw new KeysError('not-valid-key', notEncryption)
}

const notDecryption = {
  nb: 'Eldste versjon for dekryptering må være en versjon som finnes.',
  en: 'The minimum version for decryption must be a version that there is.',
}
const notEncryption = {
  nb: 'Eldste versjon for kryptering må finnes og kan ikke være eldre enn den for dekryptering.',
  en: 'The minimum version for encryption must be there, and no older than that for decryption.',
}
const notTrimmed = {
  nb: 'Bare versjoner som verken brukes til kryptering eller dekryptering, kan destrueres. Hev de eldste versjonene først.',
  en: 'Only versions that are used for neither encryption nor decryption can be destroyed. Raise the minimum versions first.',
}
