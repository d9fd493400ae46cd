import { hash } from 'node:crypto'
import { canonicalJson } from '@hevd/core'
import type { ImportConfig } from '@hevd/register-file'
import type { Item } from './item.ts'
import type { ReadList } from './read-list.ts'

/** What a file makes of the list before it from the same source: it takes its place, whole. */
export type ListPlan = {
  /** Of the list before, the file and its faults: another of any of them has another one. */
  readonly digest: string
  readonly added: readonly Item[]
  readonly changed: readonly { readonly before: Item; readonly after: Item }[]
  readonly removed: readonly Item[]
  readonly unchanged: number
  readonly braked: boolean
}

/** How many items change, are added or go: what is typed where the brake holds. */
export const countOf = ({ added, changed, removed }: Pick<ListPlan, 'added' | 'changed' | 'removed'>) =>
  added.length + changed.length + removed.length

/** A first list is new altogether and brakes nothing; nor does what a device says of itself, which always differs. */
export function planList(before: readonly Item[], file: ReadList, config: ImportConfig): ListPlan {
  const known = new Map(before.map((item) => [item.id, item]))
  const inFile = new Set(file.items.map(({ id }) => id))
  const added = file.items.filter(({ id }) => !known.has(id))
  const changed = file.items.flatMap((after) => {
    const item = known.get(after.id)
    return item === undefined || canonicalJson(item) === canonicalJson(after) ? [] : [{ before: item, after }]
  })
  const removed = before.filter(({ id }) => !inFile.has(id))
  const cameOrWent = added.length + removed.length
  return {
    digest: hash('sha256', canonicalJson([before, file.items, file.faults.map(({ line }) => line)])),
    added,
    changed,
    removed,
    unchanged: file.items.length - added.length - changed.length,
    braked: before.length > 0 && cameOrWent > Math.max(config.brakeCount, config.brakeShare * before.length),
  }
}
