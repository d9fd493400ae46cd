import type { Instant, Json } from '@hevd/core'
import type { Said } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import {
  type Column,
  type FieldFault,
  type FileRow,
  planImport,
  previewOf,
  readCsv,
  refusalOf,
  type Seen,
} from '@hevd/register-file'
import { type Act, changing, logged, type ResidencyContext, register } from './context.ts'
import { ResidencyError, type ResidencyErrorCode } from './errors.ts'

/** One part of the register that is kept by hand, entry by entry. */
export type Part<Item extends { readonly id: string }, Around> = {
  readonly type: string
  readonly fields: readonly (keyof Item & string)[]
  readonly missing: ResidencyErrorCode
  /** Kinds of entries of the internal log. */
  readonly kinds: { readonly entered: string; readonly changed: string; readonly ended: string }
  /** What the rules must know of others, for these entries. */
  around(context: ResidencyContext, tx: Tx, organisation: string, items: readonly Item[]): Promise<Around>
  faultsOf(item: Item, around: Around): readonly FieldFault<keyof Item & string>[]
  /** Those that have not ended, or all of them. */
  read(tx: Tx, organisation: string, ids: readonly string[] | null): Promise<ReadonlyMap<string, Item>>
  put(tx: Tx, organisation: string, items: readonly Item[], now: Instant): Promise<void>
  end(tx: Tx, organisation: string, id: string, now: Instant): Promise<void>
  /** What the fact says, and what the log says, which nothing can be taken out of. */
  facts(tx: Tx, organisation: string, ids: readonly string[]): Promise<readonly Said[]>
  logs(
    tx: Tx,
    organisation: string,
    items: readonly Item[],
  ): Promise<readonly { readonly [name: string]: Json }[]>
}

/** A part that can be had from a file too. */
export type FilePart<Item extends { readonly id: string }, Around> = Part<Item, Around> & {
  readonly imported: string
  readonly columns: readonly Column<keyof Item & string>[]
  itemOf(id: string, row: FileRow<keyof Item & string>, before: Item | undefined): Item
}

/** Enters an item or changes it by hand. Throws `not-valid-entry`, `changed-meanwhile` or `id-differs`. */
export async function putItem<Item extends { readonly id: string }, Around>(
  context: ResidencyContext,
  part: Part<Item, Around>,
  { organisation, by }: Act,
  item: Item,
  was: Item | null | undefined,
): Promise<Item> {
  return changing(context, organisation, async (tx) => {
    const around = await part.around(context, tx, organisation, [item])
    const [fault] = part.faultsOf(item, around)
    if (fault !== undefined) throw new ResidencyError('not-valid-entry', fault.words)
    const before = (await part.read(tx, organisation, [item.id])).get(item.id)
    if (was !== undefined && !isAsRead(part, was, before)) throw new ResidencyError('changed-meanwhile')
    if (before !== undefined && isSame(part, before, item)) return item
    await write(context, part, tx, organisation, by, 'form', [{ before, after: item }])
    return item
  })
}

/** Ends an item; its row and its history stay. Throws what the part says where it is not there. */
export async function endItem<Item extends { readonly id: string }, Around>(
  context: ResidencyContext,
  part: Part<Item, Around>,
  { organisation, by }: Act,
  id: string,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    const there = (await part.read(tx, organisation, [id])).get(id)
    if (there === undefined) throw new ResidencyError(part.missing)
    const [said = {}] = await part.logs(tx, organisation, [there])
    await part.end(tx, organisation, id, context.clock.now())
    await context.feeds.remove(tx, organisation, register.name, [{ type: part.type, key: id }])
    await logged(context, tx, organisation, [{ kind: part.kinds.ended, body: { ...said, by } }])
  })
}

/** What a file would change; nothing is changed. */
export async function previewItems<Item extends { readonly id: string }, Around>(
  context: ResidencyContext,
  part: FilePart<Item, Around>,
  organisation: string,
  bytes: string | Uint8Array,
) {
  const { plan, file } = await context.db.transaction(organisation, (tx) =>
    planned(context, part, tx, organisation, bytes),
  )
  return previewOf(plan, file, context.config)
}

/** Imports a file that was looked at. Throws `register-changed`, `file-has-faults` or `confirm-number`. */
export async function importItems<Item extends { readonly id: string }, Around>(
  context: ResidencyContext,
  part: FilePart<Item, Around>,
  { organisation, by }: Act,
  bytes: string | Uint8Array,
  seen: Seen,
): Promise<{ readonly added: number; readonly changed: number }> {
  return changing(context, organisation, async (tx) => {
    const { plan, stored } = await planned(context, part, tx, organisation, bytes)
    const refusal = refusalOf(plan, seen)
    if (refusal !== null) throw new ResidencyError(refusal.code, refusal.detail)
    const changes = [...plan.added, ...plan.changed.map(({ after }) => after)].map((after) => ({
      before: stored.get(after.id),
      after,
    }))
    const counts = { added: plan.added.length, changed: plan.changed.length }
    if (changes.length > 0) await write(context, part, tx, organisation, by, 'import', changes)
    await logged(context, tx, organisation, [{ kind: part.imported, body: { ...counts, by } }])
    return counts
  })
}

async function planned<Item extends { readonly id: string }, Around>(
  context: ResidencyContext,
  part: FilePart<Item, Around>,
  tx: Tx,
  organisation: string,
  bytes: string | Uint8Array,
) {
  const file = readCsv(bytes, part.columns, context.config.fileRows)
  const stored = await part.read(tx, organisation, null)
  const items = file.rows.flatMap((row) => {
    const says: { readonly id?: unknown } = row.says
    return typeof says.id === 'string' ? [part.itemOf(says.id, row, stored.get(says.id))] : []
  })
  const around = await part.around(context, tx, organisation, items)
  const rules = {
    itemOf: part.itemOf,
    faultsOf: (item: Item) => part.faultsOf(item, around),
    isSame: (one: Item, other: Item) => isSame(part, one, other),
  }
  return { file, stored, plan: planImport(stored, file, rules, context.config) }
}

async function write<Item extends { readonly id: string }, Around>(
  context: ResidencyContext,
  part: Part<Item, Around>,
  tx: Tx,
  organisation: string,
  by: string,
  through: 'form' | 'import',
  changes: readonly { readonly before: Item | undefined; readonly after: Item }[],
): Promise<void> {
  const items = changes.map(({ after }) => after)
  const ids = items.map(({ id }) => id)
  await part.put(tx, organisation, items, context.clock.now())
  await context.feeds.put(tx, organisation, register.name, await part.facts(tx, organisation, ids))
  const said = await part.logs(tx, organisation, items)
  const entries = changes.map(({ before, after }, index) => ({
    kind: before === undefined ? part.kinds.entered : part.kinds.changed,
    body: {
      ...said[index],
      by,
      through,
      changed:
        before === undefined ? [] : part.fields.filter((field) => !isEqual(before[field], after[field])),
    },
  }))
  await logged(context, tx, organisation, entries)
}

function isSame<Item extends { readonly id: string }>(
  { fields }: { readonly fields: readonly (keyof Item & string)[] },
  one: Item,
  other: Item,
): boolean {
  return fields.every((field) => isEqual(one[field], other[field]))
}

function isAsRead<Item extends { readonly id: string }>(
  part: { readonly fields: readonly (keyof Item & string)[] },
  was: Item | null,
  before: Item | undefined,
): boolean {
  return was === null || before === undefined
    ? was === null && before === undefined
    : isSame(part, was, before)
}

/** Of texts, numbers, and lists of texts. */
const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
