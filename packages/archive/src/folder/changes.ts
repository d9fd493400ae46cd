import { comparePaths, type Entry, type Missed } from './entry.ts'
import type { Bare, Found } from './walk.ts'

/** What is found, and what the last listing has of it if it has not changed since. */
export type Change =
  | { readonly kind: 'entry'; readonly entry: Bare; readonly unchanged: Entry | null }
  | ({ readonly kind: 'missed' | 'skipped' } & Missed)

/**
 * Sets what is found beside the last listing; both are in the order of a listing, and neither is held. What has the same kind,
 * size, inode and moments of change as then has not changed; a file that was torn then counts as changed.
 */
export async function* changes(
  found: AsyncIterable<Found>,
  last: AsyncIterator<Entry>,
): AsyncGenerator<Change> {
  let before = await last.next()
  for await (const one of found) {
    if (one.kind !== 'entry') {
      yield one
      continue
    }
    while (before.done !== true && comparePaths(before.value.path, one.entry.path) < 0)
      before = await last.next()
    const same = before.done !== true && isSame(before.value, one.entry) ? before.value : null
    yield { kind: 'entry', entry: one.entry, unchanged: same }
  }
}

function isSame(before: Entry, now: Bare): boolean {
  return (
    before.path === now.path &&
    before.type === now.type &&
    before.mtime === now.mtime &&
    before.ctime === now.ctime &&
    before.inode === now.inode &&
    (before.type !== 'file' || (now.type === 'file' && before.size === now.size && !before.torn)) &&
    (before.type !== 'link' || (now.type === 'link' && before.target === now.target))
  )
}

export async function* none(): AsyncGenerator<Entry> {}
