import { type Tx, uuidv7 } from '@hevd/postgres'
import { type Act, isAlone, type KeysContext, record, today } from './context.ts'
import type { AskingGrant, Grant } from './contract.ts'
import { grantFault, grantState } from './domain/grant-rules.ts'
import { KeysError } from './errors.ts'
import { openKeys, putGrantFact } from './facts.ts'
import { holderName, type Names, namesIn } from './holders.ts'
import { allGrants, decideGrant, type GrantRow, grantById, insertGrant, revokeGrant } from './store/grants.ts'
import { keyByName } from './store/keys.ts'
import { raiseGeneration } from './store/root.ts'

/** Asks for a grant. Throws `no-such-key`, `key-deleted`, `no-such-holder`, `not-valid-grant`. */
export function askGrant(
  context: KeysContext,
  { organisation, by }: Act,
  asked: AskingGrant,
): Promise<Grant> {
  return changed(context, organisation, async (tx) => {
    const key = await keyByName(tx, organisation, asked.key)
    if (key === undefined) throw new KeysError('no-such-key')
    if (key.deletedAt !== null) throw new KeysError('key-deleted')
    if ((await holderName(context, tx, organisation, asked.holder)) === undefined)
      throw new KeysError('no-such-holder')
    const fault = grantFault(asked, key.type, await today(context, tx, organisation))
    if (fault !== null) throw new KeysError('not-valid-grant', fault)
    const now = context.clock.now()
    const id = uuidv7(now)
    const operations = [...new Set(asked.operations)].sort()
    const { from, until, purpose } = asked
    await insertGrant(tx, organisation, {
      ...{ id, key: key.id, operations, purpose, from, until },
      ...{ holderKind: asked.holder.kind, holder: asked.holder.id, askedBy: by, askedAt: now },
    })
    await record(context, tx, organisation, 'key-grant-asked', {
      ...{ grant: id, key: key.id, holder: { ...asked.holder }, operations, from, until, by },
    })
    return id
  })
}

/**
 * Approves a grant that was asked for. Throws `no-such-grant`, `grant-decided`, `no-such-holder`, and `own-approval` for whoever
 * asked for it or would have it, unless that one alone is administrator.
 */
export function approveGrant(context: KeysContext, { organisation, by }: Act, id: string): Promise<Grant> {
  return changed(context, organisation, async (tx) => {
    const grant = await waiting(tx, organisation, id)
    const name = await holderName(context, tx, organisation, { kind: grant.holderKind, id: grant.holder })
    if (name === undefined) throw new KeysError('no-such-holder')
    const own = grant.askedBy === by || (grant.holderKind === 'account' && grant.holder === by)
    if (own && !(await isAlone(context, tx, by))) throw new KeysError('own-approval')
    const now = context.clock.now()
    await decideGrant(tx, organisation, id, 'approved', by, own, now)
    await raiseGeneration(tx, organisation)
    const approved = { decision: 'approved', decidedBy: by, decidedAt: now, singleApprover: own } as const
    await putGrantFact(context, tx, organisation, { ...grant, ...approved }, name)
    await record(context, tx, organisation, 'key-grant-approved', { grant: id, by, singleApprover: own })
    return id
  })
}

/** Refuses one, or takes back what one asked for oneself. Throws `no-such-grant`, `grant-decided`. */
export function refuseGrant(context: KeysContext, { organisation, by }: Act, id: string): Promise<Grant> {
  return changed(context, organisation, async (tx) => {
    await waiting(tx, organisation, id)
    await decideGrant(tx, organisation, id, 'refused', by, false, context.clock.now())
    await record(context, tx, organisation, 'key-grant-refused', { grant: id, by })
    return id
  })
}

/** Ends a grant at once. Throws `no-such-grant`; one that gives nothing any more is left as it is. */
export function revokeGrantBy(context: KeysContext, { organisation, by }: Act, id: string): Promise<Grant> {
  return changed(context, organisation, async (tx) => {
    const grant = await grantById(tx, organisation, id)
    if (grant === undefined) throw new KeysError('no-such-grant')
    if (grant.decision === null) throw new KeysError('nothing-asked')
    if (grant.decision === 'refused' || grant.revokedAt !== null) return id
    const now = context.clock.now()
    await revokeGrant(tx, organisation, id, by, now)
    await raiseGeneration(tx, organisation)
    const names = await namesIn(context, tx, organisation, [grant.holder])
    const { name } = names.holder(grant.holderKind, grant.holder)
    await putGrantFact(context, tx, organisation, { ...grant, revokedAt: now, revokedBy: by }, name)
    await record(context, tx, organisation, 'key-grant-revoked', { grant: id, by })
    return id
  })
}

/** Every grant, or those that are not over, as a reader sees them. */
export function listGrants(
  context: KeysContext,
  organisation: string,
  show: 'current' | 'all',
): Promise<Grant[]> {
  return context.db.transaction(organisation, async (tx) => {
    const day = await today(context, tx, organisation)
    const rows = await allGrants(tx, organisation, show === 'current' ? day : null)
    return viewed(context, tx, organisation, rows, day)
  })
}

/** Rows as a reader sees them. */
export async function viewed(
  context: KeysContext,
  tx: Tx,
  organisation: string,
  rows: readonly GrantRow[],
  day: string,
): Promise<Grant[]> {
  const services = rows.filter(({ holderKind }) => holderKind === 'service').map(({ holder }) => holder)
  const names = await namesIn(context, tx, organisation, services)
  return rows.map((row) => grantView(row, names, day))
}

function grantView(row: GrantRow, names: Names, day: string): Grant {
  const { key: _key, keyName, holderKind, holder, decision: _decision, ...rest } = row
  const person = (id: string | null) => (id === null ? null : names.person(id))
  return {
    ...rest,
    key: keyName,
    holder: names.holder(holderKind, holder),
    operations: [...row.operations],
    state: grantState(row, day),
    askedBy: names.person(row.askedBy),
    decidedBy: person(row.decidedBy),
    revokedBy: person(row.revokedBy),
  }
}

async function waiting(tx: Tx, organisation: string, id: string): Promise<GrantRow> {
  const grant = await grantById(tx, organisation, id)
  if (grant === undefined) throw new KeysError('no-such-grant')
  if (grant.decision !== null) throw new KeysError('grant-decided')
  return grant
}

/** Changes grants, one change of an organisation's vault at a time; the grant as it is then. */
function changed(
  context: KeysContext,
  organisation: string,
  run: (tx: Tx) => Promise<string>,
): Promise<Grant> {
  return context.db.transaction(organisation, async (tx) => {
    await openKeys(context, tx, organisation)
    const row = await grantById(tx, organisation, await run(tx))
    const day = await today(context, tx, organisation)
    const [view] = row === undefined ? [] : await viewed(context, tx, organisation, [row], day)
    if (view === undefined) throw new KeysError('no-such-grant')
    return view
  })
}
