import type { Json } from '@hevd/core'
import type { Entry } from '@hevd/ledger'
import { type Tx, uuidv7 } from '@hevd/postgres'
import { planImport, previewOf, readCsv, refusalOf, type Seen } from '@hevd/register-file'
import type { z } from 'zod'
import type { AccessGrant, ImportPreview, puttingGrant } from './contract.ts'
import { columns, fields } from './domain/columns.ts'
import { faultsOf, importRules, isSame, isSingleApprover } from './domain/grant-rules.ts'
import { AccessError } from './errors.ts'
import { type Act, changing, grantFact, logged, type RegisterDeps, register } from './register.ts'
import { addReview, allGrants, endGrant, grantById, putGrants, type StoredGrant } from './store.ts'
import { type Around, around } from './surroundings.ts'

/**
 * Grants access or changes a grant by hand. Throws `not-valid-grant`, `changed-meanwhile`, `id-differs`, `grant-over` or
 * `built-in`.
 */
export async function putGrant(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
  { was, ...said }: z.infer<typeof puttingGrant>,
): Promise<AccessGrant> {
  if (said.id !== undefined && said.id !== id) throw new AccessError('id-differs')
  const grant = { ...said, id }
  return changing(deps, organisation, async (tx) => {
    const world = await around(deps, tx, organisation, [grant], by)
    const [fault] = faultsOf(grant, world)
    if (fault !== undefined) throw new AccessError('not-valid-grant', fault.words)
    const before = await grantById(tx, organisation, id)
    const asRead = before === undefined ? null : changeable(before)
    if (was !== undefined && (was === null || asRead === null ? was !== asRead : !isSame(was, asRead)))
      throw new AccessError('changed-meanwhile')
    if (asRead !== null && isSame(asRead, grant)) return grant
    await write(deps, tx, { organisation, by }, 'form', world, [{ before, after: grant }])
    return grant
  })
}

/** Confirms that a grant is still needed. Throws `no-such-grant`, `grant-over`, or `changed-meanwhile` unless it is as it was seen. */
export async function reviewGrant(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
  was: AccessGrant | null,
): Promise<void> {
  await changing(deps, organisation, async (tx) => {
    const before = await open(tx, organisation, id)
    if (was !== null && !isSame(was, changeable(before))) throw new AccessError('changed-meanwhile')
    const now = deps.clock.now()
    await addReview(tx, organisation, id, by, now)
    await deps.feeds.put(tx, organisation, register.name, [
      grantFact({ ...before, reviews: [...before.reviews, now] }),
    ])
    await logged(deps, tx, organisation, [{ kind: 'access-reviewed', body: { grant: before.key, by } }])
  })
}

/** Ends a grant before its last day. Throws `no-such-grant`, `grant-over` or `built-in`. */
export async function endAccess(deps: RegisterDeps, { organisation, by }: Act, id: string): Promise<void> {
  await changing(deps, organisation, async (tx) => {
    const before = await open(tx, organisation, id)
    if (before.holderKind === 'account') throw new AccessError('built-in')
    const now = deps.clock.now()
    await endGrant(tx, organisation, id, now)
    await deps.feeds.put(tx, organisation, register.name, [grantFact({ ...before, endedAt: now })])
    await logged(deps, tx, organisation, [{ kind: 'access-ended', body: { grant: before.key, by } }])
  })
}

async function open(tx: Tx, organisation: string, id: string): Promise<StoredGrant> {
  const grant = await grantById(tx, organisation, id)
  if (grant === undefined) throw new AccessError('no-such-grant')
  if (grant.endedAt !== null) throw new AccessError('grant-over')
  return grant
}

/** What a file would change; nothing is changed. */
export async function previewImport(
  deps: RegisterDeps,
  { organisation, by }: Act,
  bytes: string | Uint8Array,
): Promise<ImportPreview> {
  const file = readCsv(bytes, columns, deps.config.fileRows)
  return deps.db.transaction(organisation, async (tx) => {
    const { plan } = await planned(deps, tx, { organisation, by }, file)
    return previewOf(plan, file, deps.config)
  })
}

/**
 * Imports a file that was looked at. Throws `register-changed`, `file-has-faults` or `confirm-number`; then nothing was
 * changed.
 */
export async function importGrants(
  deps: RegisterDeps,
  { organisation, by }: Act,
  bytes: string | Uint8Array,
  seen: Seen,
): Promise<{ readonly added: number; readonly changed: number }> {
  const file = readCsv(bytes, columns, deps.config.fileRows)
  return changing(deps, organisation, async (tx) => {
    const { plan, stored, world } = await planned(deps, tx, { organisation, by }, file)
    const refusal = refusalOf(plan, seen)
    if (refusal !== null) throw new AccessError(refusal.code, refusal.detail)
    const changes = [
      ...plan.added.map((after) => ({ before: undefined, after })),
      ...plan.changed.map(({ after }) => ({ before: stored.get(after.id), after })),
    ]
    for (const { before } of changes) if (before !== undefined) changeable(before)
    const counts = { added: plan.added.length, changed: plan.changed.length }
    if (changes.length > 0) await write(deps, tx, { organisation, by }, 'import', world, changes)
    await logged(deps, tx, organisation, [{ kind: 'access-imported', body: { ...counts, by } }])
    return counts
  })
}

/** The plan of a file over what is in the register and may be changed. */
async function planned(
  deps: RegisterDeps,
  tx: Tx,
  { organisation, by }: Act,
  file: ReturnType<typeof readCsv<keyof AccessGrant>>,
) {
  const stored = await allGrants(tx, organisation)
  const current = new Map(
    [...stored].flatMap(([id, grant]) => {
      const plain = asGrant(grant)
      return plain === null ? [] : [[id, plain] as const]
    }),
  )

  const spoken = file.rows.map(({ says }) => ({
    holderKind: says.holderKind === 'service' ? ('service' as const) : ('person' as const),
    holder: String(says.holder ?? ''),
    approvedBy: String(says.approvedBy ?? ''),
  }))
  const world = await around(deps, tx, organisation, [...spoken, ...current.values()], by)
  return { stored, world, plan: planImport(current, file, importRules(world), deps.config) }
}

/** A grant that may be changed. Throws `grant-over` or `built-in`. */
function changeable(grant: StoredGrant): AccessGrant {
  const plain = asGrant(grant)
  if (plain === null) throw new AccessError('built-in')
  if (grant.endedAt !== null) throw new AccessError('grant-over')
  return plain
}

/** A grant as people enter it; null for one that comes with Hevd. */
export function asGrant(grant: StoredGrant): AccessGrant | null {
  const { key: _key, reviews: _reviews, singleApprover: _single, endedAt: _ended, ...rest } = grant
  const { holderKind, approvedBy, until } = rest
  if (holderKind === 'account' || approvedBy === null || until === null) return null
  return { ...rest, holderKind, approvedBy, until }
}

type Change = { readonly before: StoredGrant | undefined; readonly after: AccessGrant }

/** Rows, facts and entries. The log carries keys; what is personal is sealed under the key of the one who answers for it. */
async function write(
  deps: RegisterDeps,
  tx: Tx,
  { organisation, by }: Act,
  through: 'form' | 'import',
  world: Around,
  changes: readonly Change[],
): Promise<void> {
  const now = deps.clock.now()
  const kept = changes.map(({ before, after }) => ({
    before,
    after: {
      ...after,
      key: before?.key ?? uuidv7(now),
      singleApprover: isSingleApprover(after, world),
      endedAt: null,
      reviews: before?.reviews ?? [],
      search: searchIn(after, world),
    },
  }))
  await putGrants(
    tx,
    organisation,
    kept.map(({ after }) => after),
    now,
  )
  await deps.feeds.put(
    tx,
    organisation,
    register.name,
    kept.map(({ after }) => grantFact(after)),
  )
  /** The approver by the key that names them in the log: their number would outlive them under another's key. */
  const asJson = (grant: AccessGrant | null): Json =>
    grant === null
      ? null
      : { ...grant, approvedBy: world.known.get(`person/${grant.approvedBy}`)?.key ?? null }
  const entries = kept.map(({ before, after }): Entry => {
    const person = world.known.get(`${after.holderKind}/${after.holder}`)?.key ?? ''
    const plain = before === undefined ? null : asGrant(before)
    const now = asGrant(after)
    const changed = fields.filter((field) => plain !== null && now !== null && plain[field] !== now[field])
    return {
      kind: before === undefined ? 'access-granted' : 'access-changed',
      body: {
        grant: after.key,
        to: after.kind,
        person,
        by,
        through,
        changed,
        singleApprover: after.singleApprover,
      },
      personal: [{ field: 'details', person, payload: { before: asJson(plain), after: asJson(now) } }],
    }
  })
  await logged(deps, tx, organisation, entries)
}

function searchIn(grant: AccessGrant, { known, places }: Around): string {
  const { id, holderKind, holder, kind, place, privilege, need } = grant
  const name = known.get(`${holderKind}/${holder}`)?.name
  return [id, holder, name, place, places.nameOf(kind, place), privilege, need]
    .filter((part) => part !== undefined && part !== null)
    .join(' ')
    .toLocaleLowerCase('nb')
}
