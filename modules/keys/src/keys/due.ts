import { record } from '../context.ts'
import { openKeys, removeKeyFacts } from '../facts.ts'
import { grantsOfKey } from '../store/grants.ts'
import { destroyVersions, dueKeys, setDestroyed } from '../store/keys.ts'
import { raiseGeneration } from '../store/root.ts'
import { type VaultDeps, writeKey } from './changing.ts'
import { rotated } from './making.ts'

const by = 'hevd'

/** Destroys deleted keys whose waiting time is over, and rotates those that are due where the vault is open. */
export async function doWhatIsDue(deps: VaultDeps, organisation: string): Promise<void> {
  await destroyDue(deps, organisation)
  if (deps.memories.of(organisation).open !== null) await rotateDue(deps, organisation)
}

/** What was due while no server ran is done now, once; one version is as good as the many that were missed. */
async function rotateDue(deps: VaultDeps, organisation: string): Promise<void> {
  const { context } = deps
  const now = context.clock.now()
  await context.db.transaction(organisation, async (tx) => {
    if ((await dueKeys(tx, organisation, 'rotates_at', now)).length === 0) return
    await openKeys(context, tx, organisation)
    for (const key of await dueKeys(tx, organisation, 'rotates_at', now)) {
      const after = await rotated(deps, tx, organisation, key)
      const body = { version: after.latest, due: key.rotatesAt }
      await writeKey(context, tx, { organisation, by }, { after, kind: 'key-rotated', body })
    }
  })
}

async function destroyDue({ context }: VaultDeps, organisation: string): Promise<void> {
  const now = context.clock.now()
  await context.db.transaction(organisation, async (tx) => {
    if ((await dueKeys(tx, organisation, 'destroys_at', now)).length === 0) return
    await openKeys(context, tx, organisation)
    for (const key of await dueKeys(tx, organisation, 'destroys_at', now)) {
      await destroyVersions(tx, organisation, key.id, null, now)
      await setDestroyed(tx, organisation, key.id, now)
      await removeKeyFacts(context, tx, organisation, key.id, await grantsOfKey(tx, organisation, key.id))
      await record(context, tx, organisation, 'key-destroyed', { key: key.id, by })
    }
    await raiseGeneration(tx, organisation)
  })
}
