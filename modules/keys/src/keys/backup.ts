import { isUniqueViolation, uuidv7 } from '@hevd/postgres'
import { z } from 'zod'
import { keyName, keyType } from '../contract.ts'
import { fromBase64 } from '../domain/ciphertext.ts'
import { takeUp } from '../domain/key-types.ts'
import { wrapVersion } from '../domain/root-key.ts'
import { KeysError } from '../errors.ts'
import { openKeys } from '../facts.ts'
import { insertVersion, type KeyRow, keyByName, putKey } from '../store/keys.ts'
import type { KnownKey } from '../use/snapshot.ts'
import { type Actor, type VaultDeps, writeKey } from './changing.ts'

/** A key with every version that is there, in clear. Whoever has it has the key. */
const backup = z.object({
  format: z.literal('hevd-key-1'),
  name: keyName,
  type: keyType,
  derived: z.boolean(),
  convergent: z.boolean(),
  latest: z.int().min(1),
  minDecryption: z.int().min(1),
  minEncryption: z.int().min(0),
  minAvailable: z.int().min(1),
  versions: z
    .array(z.object({ version: z.int().min(1), madeAt: z.int(), material: z.base64() }))
    .min(1)
    .max(10_000),
})

/** The key as a text that {@link restoreBackup} reads. Throws `not-exportable` unless two people have made it so. */
export function backupOf({ row, versions, material }: KnownKey): string {
  if (!row.exportable) throw new KeysError('not-exportable')
  const { name, type, derived, convergent, latest, minDecryption, minEncryption, minAvailable } = row
  const said: z.infer<typeof backup> = {
    ...{ format: 'hevd-key-1', name, type, derived, convergent },
    ...{ latest, minDecryption, minEncryption, minAvailable },
    versions: versions
      .filter(({ wrapped }) => wrapped !== null)
      .map(({ version, madeAt }) => {
        const bytes = material(version).secret.export()
        const text = bytes.toString('base64')
        bytes.fill(0)
        return { version, madeAt, material: text }
      }),
  }
  return Buffer.from(JSON.stringify(said)).toString('base64')
}

/**
 * Makes a key of a backup, under its own name or another. It is not exportable: that takes two people anew. Throws
 * `not-valid-backup`, `key-exists`, `sealed`.
 */
export async function restoreBackup(
  { context, memories }: VaultDeps,
  actor: Actor,
  text: string,
  name: string | undefined,
): Promise<KeyRow> {
  const { organisation, by } = actor
  const { versions, format: _format, ...said } = read(text, name)
  const now = context.clock.now()
  const key: KeyRow = {
    ...said,
    id: uuidv7(now),
    deletionAllowed: false,
    exportable: false,
    exportAskedBy: null,
    exportAskedAt: null,
    exportApprovedBy: null,
    autoRotate: null,
    rotatesAt: null,
    madeBy: by,
    madeAt: now,
    rotatedAt: Math.max(...versions.map(({ madeAt }) => madeAt)),
    deletedAt: null,
    destroysAt: null,
  }
  try {
    return await context.db.transaction(organisation, async (tx) => {
      await openKeys(context, tx, organisation)
      if ((await keyByName(tx, organisation, key.name)) !== undefined) throw new KeysError('key-exists')
      await putKey(tx, organisation, key)
      for (const { version, madeAt, material } of versions) {
        const bytes = Buffer.from(material, 'base64')
        const id = { organisation, key: key.id, type: key.type, version }
        const wrapped = wrapVersion(memories.wrapping(organisation), id, bytes, context.random)
        bytes.fill(0)
        await insertVersion(tx, organisation, key.id, version, wrapped, madeAt)
      }
      await writeKey(context, tx, actor, {
        after: key,
        kind: 'key-restored-from-backup',
        body: { type: key.type },
      })
      return key
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new KeysError('key-exists')
    throw error
  }
}

/** A backup whose versions are all those it should have, each a key of its type. */
function read(text: string, name: string | undefined): z.infer<typeof backup> {
  try {
    const said = backup.parse(JSON.parse((fromBase64(text) ?? Buffer.alloc(0)).toString('utf8')))
    const { versions, type, minAvailable, minDecryption, minEncryption, latest } = said
    const numbers = versions.map(({ version }) => version)
    const isWhole =
      numbers.length === latest - minAvailable + 1 &&
      numbers.every((version, index) => version === minAvailable + index) &&
      minAvailable <= minDecryption &&
      minDecryption <= latest &&
      minEncryption <= latest
    if (!isWhole) throw new KeysError('not-valid-backup')
    for (const { material } of versions) takeUp(type, Buffer.from(material, 'base64'))
    return name === undefined ? said : { ...said, name: keyName.parse(name) }
  } catch {
    throw new KeysError('not-valid-backup')
  }
}
