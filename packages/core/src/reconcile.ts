import { type CheckDeclaration, check } from './check.ts'
import type { Lookup } from './fact.ts'
import type { Population } from './population.ts'
import { some } from './quantify.ts'
import type { Test } from './test.ts'
import type { Fails } from './verdict.ts'

/** One direction of a reconciliation: every subject of a list is found in an independent one. */
export type Reconciliation<Subject> = {
  readonly of: Population<Subject>
  /** Where the other list would have it. */
  foundBy(subject: Subject): Lookup
  missing(subject: Subject): Fails
}

/**
 * Declares that every subject of one list stands in an independent one. Two of them, one in each direction, reconcile the
 * lists: what either lacks is a subject of the other and is judged. While a list was not seen whole, nothing is missing
 * from it for certain.
 */
export function reconciled<Subject>(id: string, { of, foundBy, missing }: Reconciliation<Subject>): Test {
  const declaration: CheckDeclaration<
    Subject,
    Record<never, never>,
    { readonly there: Lookup },
    Record<never, never>
  > = {
    of,
    reads: (subject) => ({ there: foundBy(subject) }),
    judge: (subject, { there }) =>
      some(
        there,
        () => true,
        () => missing(subject),
      ),
  }
  return check(id, declaration)
}
