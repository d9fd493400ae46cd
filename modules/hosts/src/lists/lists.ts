import { importedLists } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { type ImportConfig, previewOf, type Seen, sentFile } from '@hevd/register-file'
import type { SentFile } from '@hevd/register-file/contract'
import type { HostList, ListedItem, ListKind, ListPreview } from '../contract.ts'
import { HostsError } from '../errors.ts'
import type { RegisterDeps } from '../register.ts'
import { type Item, itemTypes, listRegister } from './item.ts'
import { countOf, type ListPlan, planList } from './plan.ts'
import { type ReadList, readList } from './read-list.ts'

/** Which list is imported, of what and from where. */
export type Which = { readonly of: ListKind; readonly source: string }
export type ListDeps = RegisterDeps & { readonly imports: ImportConfig }

/** Every list that was imported, and when. */
export async function allLists({ feeds }: ListDeps, tx: Tx, organisation: string): Promise<HostList[]> {
  const kinds = ['hosts', 'volumes', 'devices'] as const
  const readings = await feeds.read(
    tx,
    organisation,
    kinds.map((of) => importedLists.ofKind(of)),
  )
  return readings.flatMap(({ facts }) =>
    facts.map(({ value }) => {
      const { of, source, importedAt, entries } = importedLists.parse(value)
      return { of, source, importedAt, entries }
    }),
  )
}

/** What a file would change; nothing is changed. */
export async function previewList(
  deps: ListDeps,
  organisation: string,
  which: Which,
  body: SentFile,
): Promise<ListPreview> {
  const file = fileOf(deps, which, body)
  const plan = await deps.db.transaction(organisation, async (tx) =>
    planList(await standing(deps, tx, organisation, which), file, deps.imports),
  )
  return shownPlan(plan, file, deps.imports)
}

/**
 * Puts a file that was looked at in place of the list before. Throws `register-changed`, `file-has-faults` or
 * `confirm-number`; then nothing was changed.
 */
export async function importList(
  deps: ListDeps,
  organisation: string,
  which: Which,
  { digest, confirmCount, ...body }: SentFile & Seen,
  by: string,
): Promise<{ readonly added: number; readonly changed: number; readonly removed: number }> {
  const file = fileOf(deps, which, body)
  const { feeds, clock, record } = deps
  const { of, source } = which
  return deps.db.transaction(organisation, async (tx) => {
    await feeds.openRegister(tx, organisation, listRegister)
    const plan = planList(await standing(deps, tx, organisation, which), file, deps.imports)
    refuseUnseen(plan, file, { digest, confirmCount })
    const list = { of, source, importedAt: clock.now(), entries: file.items.length }
    const put = [...plan.added, ...plan.changed.map(({ after }) => after)]
    await remove(deps, tx, organisation, of, plan.removed)
    await feeds.put(tx, organisation, listRegister.name, [
      ...put.map((value) => ({ type: itemTypes[of].name, value })),
      { type: importedLists.name, value: list },
    ])
    const counts = { added: plan.added.length, changed: plan.changed.length, removed: plan.removed.length }
    await record(tx, organisation, 'host-list-imported', { of, source, entries: list.entries, ...counts, by })
    return counts
  })
}

/** Takes a list away, with all that stands on it: a source that is no longer used. Throws `no-such-list`. */
export async function removeList(
  deps: ListDeps,
  organisation: string,
  which: Which,
  by: string,
): Promise<void> {
  const { of, source } = which
  await deps.db.transaction(organisation, async (tx) => {
    await deps.feeds.openRegister(tx, organisation, listRegister)
    const lists = await allLists(deps, tx, organisation)
    if (!lists.some((list) => list.of === of && list.source === source)) throw new HostsError('no-such-list')
    await remove(deps, tx, organisation, of, await standing(deps, tx, organisation, which))
    const list = { type: importedLists.name, key: `${of}/${source}` }
    await deps.feeds.remove(tx, organisation, listRegister.name, [list])
    await deps.record(tx, organisation, 'host-list-removed', { of, source, by })
  })
}

async function remove(
  { feeds }: ListDeps,
  tx: Tx,
  organisation: string,
  of: ListKind,
  items: readonly Item[],
): Promise<void> {
  if (items.length === 0) return
  const gone = items.map(({ source, id }) => ({ type: itemTypes[of].name, key: `${source}/${id}` }))
  await feeds.remove(tx, organisation, listRegister.name, gone)
}

/** The list as it stands, by the order of its ids. */
async function standing(
  { feeds }: ListDeps,
  tx: Tx,
  organisation: string,
  { of, source }: Which,
): Promise<Item[]> {
  const type = itemTypes[of]
  const [reading] = await feeds.read(tx, organisation, [type.fromSource(source)])
  return (reading?.facts ?? [])
    .map(({ value }): Item => type.parse(value))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function fileOf({ imports }: ListDeps, { of, source }: Which, body: SentFile): ReadList {
  const file = sentFile(body)
  if (file === null) throw new HostsError('file-missing')
  return readList(of, source, file, imports.fileRows)
}

function refuseUnseen(plan: ListPlan, { faults }: ReadList, { digest, confirmCount }: Seen): void {
  if (plan.digest !== digest) throw new HostsError('register-changed')
  if (faults.length > 0) throw new HostsError('file-has-faults')
  if (plan.braked && confirmCount !== countOf(plan)) throw new HostsError('confirm-number')
}

function shownPlan({ removed, ...plan }: ListPlan, file: ReadList, config: ImportConfig): ListPreview {
  const shown = {
    ...plan,
    added: plan.added.map(shownItem),
    changed: plan.changed.map(({ before, after }) => ({
      before: shownItem(before),
      after: shownItem(after),
    })),
    notInFile: removed.map(shownItem),
    faults: file.faults,
  }
  return previewOf(shown, file, config)
}

function shownItem(item: Item): ListedItem {
  if ('otherNames' in item) return { ...item, otherNames: item.otherNames.join(', ') }
  return 'serials' in item ? { ...item, serials: item.serials.join(', ') } : item
}
