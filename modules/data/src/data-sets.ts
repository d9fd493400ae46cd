import { dataSets } from '@hevd/facts'
import type { Entry } from '@hevd/ledger'
import type { Tx } from '@hevd/postgres'
import { planImport, previewOf, readCsv, refusalOf, type Seen } from '@hevd/register-file'
import type { z } from 'zod'
import type { DataSet, ImportPreview, puttingDataSet } from './contract.ts'
import { columns, fields } from './domain/columns.ts'
import { faultsOf, importRules, isSame } from './domain/data-set-rules.ts'
import { DataError } from './errors.ts'
import { forgetPlaces } from './found-facts.ts'
import { foundPlacesOfSet } from './found-store.ts'
import {
  type Act,
  changing,
  dataSetFact,
  logged,
  peopleNamed,
  type RegisterDeps,
  register,
} from './register.ts'
import { addReview, allDataSets, dataSetById, endDataSet, putDataSets, type StoredDataSet } from './store.ts'

/** Enters a set of data or changes one by hand. Throws `not-valid-data-set`, `changed-meanwhile` or `id-differs`. */
export async function putDataSet(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
  { was, ...said }: z.infer<typeof puttingDataSet>,
): Promise<DataSet> {
  if (said.id !== undefined && said.id !== id) throw new DataError('id-differs')
  const set = { ...said, id }
  return changing(deps, organisation, async (tx) => {
    await checkSet(deps, tx, organisation, set)
    const before = await dataSetById(tx, organisation, id)
    if (was !== undefined && !isAsRead(was, before)) throw new DataError('changed-meanwhile')
    if (before !== undefined && isSame(before, set)) return set
    await write(deps, tx, organisation, by, 'form', [{ before, after: set }])
    return set
  })
}

/** Throws `not-valid-data-set`. */
async function checkSet(deps: RegisterDeps, tx: Tx, organisation: string, set: DataSet): Promise<void> {
  const people = await peopleNamed(deps, tx, organisation, [set.owner])
  const [fault] = faultsOf(set, (owner) => people.has(owner))
  if (fault !== undefined) throw new DataError('not-valid-data-set', fault.words)
}

/** Enters a set that was not there, within a change. Throws `not-valid-data-set` or `data-set-there`. */
export async function enterWithin(
  deps: RegisterDeps,
  tx: Tx,
  { organisation, by }: Act,
  set: DataSet,
): Promise<void> {
  await checkSet(deps, tx, organisation, set)
  if ((await dataSetById(tx, organisation, set.id)) !== undefined) throw new DataError('data-set-there')
  await write(deps, tx, organisation, by, 'scan', [{ before: undefined, after: set }])
}

/** Confirms a set as it stands. Throws `no-such-data-set`, or `changed-meanwhile` where it is not as it was seen. */
export async function reviewDataSet(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
  was: DataSet,
): Promise<void> {
  await changing(deps, organisation, async (tx) => {
    const before = await dataSetById(tx, organisation, id)
    if (before === undefined) throw new DataError('no-such-data-set')
    if (!isSame(was, before)) throw new DataError('changed-meanwhile')
    const now = deps.clock.now()
    await addReview(tx, organisation, id, by, now)
    const after = { ...before, reviews: [...before.reviews, now] }
    await deps.feeds.put(tx, organisation, register.name, [dataSetFact(after)])
    await logged(deps, tx, organisation, [{ kind: 'data-set-reviewed', body: { dataSet: id, by } }])
  })
}

/** Ends a set that the organisation has no more. Its row and its history stay. Throws `no-such-data-set`. */
export async function removeDataSet(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
): Promise<void> {
  await changing(deps, organisation, async (tx) => {
    if ((await dataSetById(tx, organisation, id)) === undefined) throw new DataError('no-such-data-set')
    await endDataSet(tx, organisation, id, deps.clock.now())
    await deps.feeds.remove(tx, organisation, register.name, [{ type: dataSets.name, key: id }])
    // What lay in it belongs to nothing again, and is asked about anew.
    await forgetPlaces(deps, tx, organisation, await foundPlacesOfSet(tx, organisation, id))
    await logged(deps, tx, organisation, [{ kind: 'data-set-ended', body: { dataSet: id, by } }])
  })
}

/** What a file would change; nothing is changed. */
export async function previewImport(
  deps: RegisterDeps,
  organisation: string,
  bytes: string | Uint8Array,
): Promise<ImportPreview> {
  const { db, config } = deps
  const { plan, file } = await db.transaction(organisation, (tx) => planned(deps, tx, organisation, bytes))
  return previewOf(plan, file, config)
}

/** Imports a file that was looked at. Throws `register-changed`, `file-has-faults` or `confirm-number`. */
export async function importDataSets(
  deps: RegisterDeps,
  { organisation, by }: Act,
  bytes: string | Uint8Array,
  seen: Seen,
): Promise<{ readonly added: number; readonly changed: number }> {
  return changing(deps, organisation, async (tx) => {
    const { plan, stored } = await planned(deps, tx, organisation, bytes)
    const refusal = refusalOf(plan, seen)
    if (refusal !== null) throw new DataError(refusal.code, refusal.detail)
    const changes = [...plan.added, ...plan.changed.map(({ after }) => after)].map((after) => ({
      before: stored.get(after.id),
      after,
    }))
    const counts = { added: plan.added.length, changed: plan.changed.length }
    if (changes.length > 0) await write(deps, tx, organisation, by, 'import', changes)
    await logged(deps, tx, organisation, [{ kind: 'data-sets-imported', body: { ...counts, by } }])
    return counts
  })
}

async function planned(deps: RegisterDeps, tx: Tx, organisation: string, bytes: string | Uint8Array) {
  const file = readCsv(bytes, columns, deps.config.fileRows)
  const stored = await allDataSets(tx, organisation)
  const owners = file.rows.flatMap(({ says: { owner } }) => (typeof owner === 'string' ? [owner] : []))
  const kept = [...stored.values()].map(({ owner }) => owner)
  const people = await peopleNamed(deps, tx, organisation, [...owners, ...kept])
  const plain = new Map([...stored].map(([id, set]) => [id, plainly(set)]))
  return {
    file,
    stored,
    plan: planImport(
      plain,
      file,
      importRules((id) => people.has(id)),
      deps.config,
    ),
  }
}

type Change = { readonly before: StoredDataSet | undefined; readonly after: DataSet }

/**
 * Rows, facts and entries of changed sets. Whom a set belongs to is personal, and what people call it and its place may be:
 * they do not go into the log, which nothing can be taken out of.
 */
async function write(
  deps: RegisterDeps,
  tx: Tx,
  organisation: string,
  by: string,
  through: 'form' | 'import' | 'scan',
  changes: readonly Change[],
): Promise<void> {
  const sets = changes.map(({ after }) => after)
  await putDataSets(tx, organisation, sets, deps.clock.now())
  const stored = await allDataSets(tx, organisation)
  const said = sets.flatMap(({ id }) => stored.get(id) ?? []).map(dataSetFact)
  await deps.feeds.put(tx, organisation, register.name, said)
  const entries = changes.map(({ before, after }): Entry => {
    const { owner: _owner, name: _name, place: _place, ...said } = after
    const changed = before === undefined ? [] : fields.filter((field) => before[field] !== after[field])
    return {
      kind: before === undefined ? 'data-set-entered' : 'data-set-changed',
      body: { dataSet: after.id, by, through, changed, said },
    }
  })
  await logged(deps, tx, organisation, entries)
}

function isAsRead(was: DataSet | null, before: DataSet | undefined): boolean {
  return was === null || before === undefined ? was === null && before === undefined : isSame(was, before)
}

function plainly({ enteredAt: _, reviews: __, ...set }: StoredDataSet): DataSet {
  return set
}
