import type { Tx } from '@hevd/postgres'
import { type KeysContext, record } from '../context.ts'
import { KeysError } from '../errors.ts'
import { openKeys, putKeyFact } from '../facts.ts'
import type { RootMemories } from '../root/memory.ts'
import { type KeyRow, keyByName, putKey } from '../store/keys.ts'
import { raiseGeneration } from '../store/root.ts'

export type VaultDeps = { readonly context: KeysContext; readonly memories: RootMemories }

/** Who acts on a key: an account's id, or `service/<id>`; `hevd` for what is due by itself. */
export type Actor = { readonly organisation: string; readonly by: string }

/** What became of a key, and what the internal log says of it. */
export type KeyChange = {
  readonly after: KeyRow
  readonly kind: string
  readonly body?: Parameters<typeof record>[4]
}

/**
 * Changes a key, one change of an organisation's vault at a time: row, fact and entry are written together, and what servers
 * remember of it ends with them. Null changes nothing. Throws `no-such-key`.
 */
export function changeKeyBy(
  { context }: VaultDeps,
  { organisation, by }: Actor,
  name: string,
  change: (tx: Tx, key: KeyRow) => Promise<KeyChange | null>,
): Promise<KeyRow> {
  return context.db.transaction(organisation, async (tx) => {
    await openKeys(context, tx, organisation)
    const key = await keyByName(tx, organisation, name)
    if (key === undefined) throw new KeysError('no-such-key')
    const changed = await change(tx, key)
    if (changed === null) return key
    await writeKey(context, tx, { organisation, by }, changed)
    return changed.after
  })
}

export async function writeKey(
  context: KeysContext,
  tx: Tx,
  { organisation, by }: Actor,
  { after, kind, body }: KeyChange,
): Promise<void> {
  await putKey(tx, organisation, after)
  await raiseGeneration(tx, organisation)
  await putKeyFact(context, tx, organisation, after)
  await record(context, tx, organisation, kind, { key: after.id, by, ...body })
}
