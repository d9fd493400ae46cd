import { endOfDate, type Instant, startOfDate } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { KeysContext } from '../context.ts'
import type { Holder, Operation } from '../contract.ts'
import { type Material, takeUp } from '../domain/key-types.ts'
import { unwrapVersion } from '../domain/root-key.ts'
import { addressesOf } from '../domain/token.ts'
import { KeysError } from '../errors.ts'
import type { RootMemories } from '../root/memory.ts'
import { grantsFor } from '../store/grants.ts'
import { type KeyRow, keyByName, type VersionRow, versionsOf } from '../store/keys.ts'
import { generationOf, rootOf, timeZone } from '../store/root.ts'
import { tokenByHash } from '../store/tokens.ts'

/** Whoever calls with a token. */
export type Bearer = {
  readonly token: string
  readonly holder: Holder
  /** Whether it is an account that is administrator now. */
  readonly administers: boolean
  /** When the token stops working. */
  readonly until: Instant
  readonly madeAt: Instant
  isFrom(address: string): boolean
}

/** A grant that is approved and not revoked. */
export type LiveGrant = {
  readonly id: string
  readonly key: string
  readonly operations: ReadonlySet<Operation>
  readonly from: Instant
  readonly until: Instant
}

/** A key with its versions, each taken up when it is first needed. */
export type KnownKey = {
  readonly row: KeyRow
  readonly versions: readonly VersionRow[]
  /** Throws `sealed`, and Error where what is stored is not the version. */
  material(version: number): Material
}

/** What a server remembers of one organisation's vault, good for one generation. Look-ups are made once each. */
export type Snapshot = {
  readonly generation: number
  readonly zone: string
  readonly isInitialised: boolean
  bearer(hash: Buffer): Promise<Bearer | null>
  key(name: string): Promise<KnownKey | null>
  grants(holder: Holder, key: string): Promise<readonly LiveGrant[]>
}

type Deps = { readonly context: KeysContext; readonly memories: RootMemories }

/** Begins a new snapshot. A vault that was sealed by hand anywhere is sealed here too. */
export async function openSnapshot({ context, memories }: Deps, organisation: string): Promise<Snapshot> {
  const inside = <T>(run: (tx: Tx) => Promise<T>) => context.db.transaction(organisation, run)
  const openBefore = memories.of(organisation).open
  const { generation, zone, root } = await inside(async (tx) => ({
    generation: await generationOf(tx, organisation),
    zone: await timeZone(tx, organisation),
    root: await rootOf(tx, organisation),
  }))
  // What was opened while this was read is open by a later word than the one that was read.
  const isLater = memories.of(organisation).open !== openBefore
  if (root !== undefined && root.closedAt !== null && !isLater) memories.close(organisation)
  const bearers = remembering<Bearer>()
  const keys = remembering<KnownKey>()
  const grants = remembering<readonly LiveGrant[]>()
  return {
    generation,
    zone,
    isInitialised: root !== undefined,
    bearer: (hash) =>
      bearers(hash.toString('base64'), () => inside((tx) => bearerOf(context, tx, organisation, hash, zone))),
    key: (name) => keys(name, () => inside((tx) => knownKey(memories, tx, organisation, name))),
    grants: async (holder, key) =>
      (await grants(`${holder.kind}/${holder.id}/${key}`, () =>
        inside((tx) => liveGrants(tx, organisation, holder, key, zone)),
      )) ?? [],
  }
}

/** Looks up once; that there is nothing is not remembered, so that guessing fills no memory. */
function remembering<T>(): (name: string, look: () => Promise<T | null>) => Promise<T | null> {
  const known = new Map<string, Promise<T | null>>()
  return (name, look) => {
    const remembered = known.get(name)
    if (remembered !== undefined) return remembered
    const looked = look()
    known.set(name, looked)
    looked.then(
      (found) => found === null && known.delete(name),
      () => known.delete(name),
    )
    return looked
  }
}

async function bearerOf(
  { standing }: KeysContext,
  tx: Tx,
  organisation: string,
  hash: Buffer,
  zone: string,
): Promise<Bearer | null> {
  const row = await tokenByHash(tx, organisation, hash)
  if (row === undefined) return null
  const holder: Holder = { kind: row.holderKind, id: row.holder }
  const [account] = holder.kind === 'account' ? await standing(tx, [holder.id]) : []
  if (holder.kind === 'account' && (account === undefined || account.disabledAt !== null)) return null
  return {
    token: row.id,
    holder,
    administers: account?.role === 'administrator',
    until: endOfDate(row.until, zone),
    madeAt: row.madeAt,
    isFrom: addressesOf(row.sources),
  }
}

async function knownKey(
  memories: RootMemories,
  tx: Tx,
  organisation: string,
  name: string,
): Promise<KnownKey | null> {
  const row = await keyByName(tx, organisation, name)
  if (row === undefined) return null
  const versions = await versionsOf(tx, organisation, row.id)
  const taken = new Map<number, Material>()
  return {
    row,
    versions,
    material(version) {
      const wrapping = memories.wrapping(organisation)
      const ready = taken.get(version)
      if (ready !== undefined) return ready
      const wrapped = versions.find((one) => one.version === version)?.wrapped ?? null
      const id = { organisation, key: row.id, type: row.type, version }
      const bytes = wrapped === null ? null : unwrapVersion(wrapping, id, wrapped)
      if (bytes === null) throw new KeysError('version-damaged')
      const material = takeUp(row.type, bytes)
      taken.set(version, material)
      return material
    },
  }
}

async function liveGrants(
  tx: Tx,
  organisation: string,
  holder: Holder,
  key: string,
  zone: string,
): Promise<readonly LiveGrant[] | null> {
  const rows = await grantsFor(tx, organisation, holder, key)
  if (rows.length === 0) return null
  return rows.map(({ id, operations, from, until }) => ({
    id,
    key,
    operations: new Set(operations),
    from: startOfDate(from, zone),
    until: endOfDate(until, zone),
  }))
}
