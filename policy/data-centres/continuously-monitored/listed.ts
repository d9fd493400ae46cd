import type { Duration, Moment, Reading } from '@hevd/core'
import type { importedLists, ValueOf } from '@hevd/facts'

/** The lists that are young enough to tell what exists now. */
export function youngLists(
  lists: Reading<ValueOf<typeof importedLists>>,
  noOlderThan: Duration,
  moment: Moment,
): ReadonlySet<string> {
  return new Set(
    lists.facts.flatMap(({ value }) => (moment.elapsed(value.importedAt, noOlderThan) ? [] : [value.source])),
  )
}
