import { type Duration, isDuration, isNothing, plus } from '@hevd/core'
import { isUniqueViolation, type Tx, uuidv7 } from '@hevd/postgres'
import type { KeyType } from '../contract.ts'
import { keyTypes, newMaterial } from '../domain/key-types.ts'
import { wrapVersion } from '../domain/root-key.ts'
import { KeysError } from '../errors.ts'
import { openKeys } from '../facts.ts'
import { insertVersion, type KeyRow, keyByName, putKey } from '../store/keys.ts'
import { timeZone } from '../store/root.ts'
import { type Actor, changeKeyBy, type VaultDeps, writeKey } from './changing.ts'

export type Making = {
  readonly name: string
  readonly type: KeyType
  readonly derived: boolean
  readonly convergent: boolean
  readonly autoRotate: Duration | null
}

/** Makes a key with its first version. Throws `key-exists`, `not-valid-key` or `sealed`. */
export async function makeKey(deps: VaultDeps, actor: Actor, making: Making): Promise<KeyRow> {
  const { context } = deps
  const { organisation, by } = actor
  if (making.derived && !keyTypes[making.type].derives) throw new KeysError('not-valid-key', notDerived)
  if (making.convergent && !(making.derived && keyTypes[making.type].aead !== null))
    throw new KeysError('not-valid-key', notConvergent)
  const now = context.clock.now()
  const bytes = newMaterial(making.type, context.random)
  try {
    return await context.db.transaction(organisation, async (tx) => {
      await openKeys(context, tx, organisation)
      if ((await keyByName(tx, organisation, making.name)) !== undefined) throw new KeysError('key-exists')
      const key: KeyRow = {
        ...making,
        id: uuidv7(now),
        latest: 1,
        minDecryption: 1,
        minEncryption: 0,
        minAvailable: 1,
        deletionAllowed: false,
        exportable: false,
        exportAskedBy: null,
        exportAskedAt: null,
        exportApprovedBy: null,
        rotatesAt: await rotationDue(tx, organisation, making.autoRotate, now),
        madeBy: by,
        madeAt: now,
        rotatedAt: now,
        deletedAt: null,
        destroysAt: null,
      }
      await putKey(tx, organisation, key)
      await storeVersion(deps, tx, organisation, key, bytes)
      const body = { type: key.type, derived: key.derived, convergent: key.convergent }
      await writeKey(context, tx, actor, { after: key, kind: 'key-made', body })
      return key
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new KeysError('key-exists')
    throw error
  } finally {
    bytes.fill(0)
  }
}

/** Makes a new version, which is used from now on. Throws `no-such-key`, `key-deleted`, `sealed`. */
export async function rotateKey(deps: VaultDeps, actor: Actor, name: string): Promise<KeyRow> {
  return changeKeyBy(deps, actor, name, async (tx, key) => {
    if (key.deletedAt !== null) throw new KeysError('key-deleted')
    const after = await rotated(deps, tx, actor.organisation, key)
    return { after, kind: 'key-rotated', body: { version: after.latest } }
  })
}

/** A key with one more version, whose row is written; the key's own is the caller's to write. */
export async function rotated(deps: VaultDeps, tx: Tx, organisation: string, key: KeyRow): Promise<KeyRow> {
  const now = deps.context.clock.now()
  const rotatesAt = await rotationDue(tx, organisation, key.autoRotate, now)
  const after = { ...key, latest: key.latest + 1, rotatedAt: now, rotatesAt }
  const bytes = newMaterial(key.type, deps.context.random)
  try {
    await storeVersion(deps, tx, organisation, after, bytes)
  } finally {
    bytes.fill(0)
  }
  return after
}

/** Stores the newest version of a key, wrapped; `bytes` stay the caller's to zero. */
async function storeVersion(
  { context, memories }: VaultDeps,
  tx: Tx,
  organisation: string,
  { id, type, latest, rotatedAt }: KeyRow,
  bytes: Buffer,
): Promise<void> {
  const versionId = { organisation, key: id, type, version: latest }
  const wrapped = wrapVersion(memories.wrapping(organisation), versionId, bytes, context.random)
  await insertVersion(tx, organisation, id, latest, wrapped, rotatedAt)
}

/** When a key that is rotated by itself is due next; null for by hand. Throws `not-valid-key` for less than an hour. */
export async function rotationDue(
  tx: Tx,
  organisation: string,
  autoRotate: Duration | null,
  from: number,
): Promise<number | null> {
  if (autoRotate === null) return null
  if (!isDuration(autoRotate) || isNothing(autoRotate)) throw new KeysError('not-valid-key', notPeriod)
  const due = plus(from, autoRotate, await timeZone(tx, organisation))
  if (due - from < shortestPeriod) throw new KeysError('not-valid-key', notPeriod)
  return due
}

const shortestPeriod = 3_600_000

const notDerived = {
  nb: 'Nøkler av denne typen kan ikke gi avledede nøkler.',
  en: 'Keys of this type cannot give derived ones.',
}
const notConvergent = {
  nb: 'Bare en avledet krypteringsnøkkel kan gi samme chiffertekst for samme tekst.',
  en: 'Only a derived encryption key can give the same ciphertext for the same text.',
}
const notPeriod = {
  nb: 'Perioden for rotasjon må være en varighet på minst en time, slik som P90D.',
  en: 'The rotation period must be a duration of at least an hour, such as P90D.',
}
