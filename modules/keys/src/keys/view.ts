import type { Tx } from '@hevd/postgres'
import { type KeysContext, today } from '../context.ts'
import type { Key, KeyDetail, Use } from '../contract.ts'
import { KeysError } from '../errors.ts'
import { viewed as grantsViewed } from '../grants.ts'
import { type Names, namesIn } from '../holders.ts'
import { grantsOfKey, holdersByKey } from '../store/grants.ts'
import { allKeys, type KeyRow, keyByName, keysUsed, versionsOf } from '../store/keys.ts'
import { type UseRow, usesOfKey } from '../store/leases.ts'

/** Uses of a key that are shown. */
const shown = 100

/** Every key by name, deleted ones too until they are destroyed. */
export function listKeys(context: KeysContext, organisation: string): Promise<Key[]> {
  return context.db.transaction(organisation, async (tx) => {
    const around = await surroundings(context, tx, organisation)
    return (await allKeys(tx, organisation)).map((row) => keyView(row, around))
  })
}

export function oneKey(context: KeysContext, organisation: string, name: string): Promise<Key> {
  return context.db.transaction(organisation, async (tx) =>
    keyView(await needed(tx, organisation, name), await surroundings(context, tx, organisation)),
  )
}

/** Who can use a key, why and until when; its versions; who used it. Throws `no-such-key`. */
export function keyInDetail(context: KeysContext, organisation: string, name: string): Promise<KeyDetail> {
  return context.db.transaction(organisation, async (tx) => {
    const row = await needed(tx, organisation, name)
    const versions = await versionsOf(tx, organisation, row.id)
    const grants = await grantsOfKey(tx, organisation, row.id)
    const uses = await usesOfKey(tx, organisation, row.id, shown)
    const services = uses.filter(({ holderKind }) => holderKind === 'service').map(({ holder }) => holder)
    const names = await namesIn(context, tx, organisation, services)
    const day = await today(context, tx, organisation)
    return {
      ...keyView(row, await surroundings(context, tx, organisation)),
      versions: versions.map(({ version, madeAt, lastUsedAt, destroyedAt }) => ({
        ...{ version, madeAt, lastUsedAt, destroyedAt },
      })),
      grants: await grantsViewed(context, tx, organisation, grants, day),
      uses: uses.map((use) => useView(use, names)),
    }
  })
}

async function needed(tx: Tx, organisation: string, name: string): Promise<KeyRow> {
  const row = await keyByName(tx, organisation, name)
  if (row === undefined) throw new KeysError('no-such-key')
  return row
}

type Around = {
  readonly names: Names
  readonly used: ReadonlyMap<string, number>
  readonly holders: ReadonlyMap<string, number>
}

async function surroundings(context: KeysContext, tx: Tx, organisation: string): Promise<Around> {
  return {
    names: await namesIn(context, tx, organisation, []),
    used: await keysUsed(tx, organisation),
    holders: await holdersByKey(tx, organisation, await today(context, tx, organisation)),
  }
}

function keyView(row: KeyRow, { names, used, holders }: Around): Key {
  const { exportAskedBy, exportAskedAt, exportApprovedBy: _approved, madeBy: _by, latest, ...rest } = row
  return {
    ...rest,
    version: latest,
    exportAsked:
      exportAskedBy === null || exportAskedAt === null
        ? null
        : { by: names.person(exportAskedBy), at: exportAskedAt },
    lastUsedAt: used.get(row.id) ?? null,
    holders: holders.get(row.id) ?? 0,
  }
}

function useView(row: UseRow, { holder }: Names): Use {
  return {
    id: row.id,
    grant: row.grant,
    holder: holder(row.holderKind, row.holder),
    from: row.beganAt,
    until: row.closedAt ?? row.endsAt,
    counts: { ...row.counts },
    uses: row.uses ?? row.upTo,
    exact: row.uses !== null,
  }
}
