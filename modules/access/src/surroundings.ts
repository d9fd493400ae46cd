import type { Known } from '@hevd/people'
import type { Tx } from '@hevd/postgres'
import type { AccessGrant } from './contract.ts'
import type { Surroundings } from './domain/grant-rules.ts'
import { placesOf } from './domain/places.ts'
import type { RegisterDeps } from './register.ts'
import { type StoredGrant, seenPlaces } from './store.ts'

/** Those that grants name, and what else the rules must know. */
export type Around = Surroundings & { readonly known: ReadonlyMap<string, Known> }

type Naming = Pick<StoredGrant, 'holderKind' | 'holder' | 'approvedBy'>

/** What other registers say of these grants. @param by who changes the register; null where nobody does */
export async function around(
  { people, administrators }: Pick<RegisterDeps, 'people' | 'administrators'>,
  tx: Tx,
  organisation: string,
  grants: readonly Naming[],
  by: string | null,
): Promise<Around> {
  const known = await people.known(tx, organisation, grants.flatMap(named))
  const places = placesOf(await seenPlaces(tx, organisation))
  const all = by === null ? [] : await administrators(organisation)
  return {
    known,
    answersFor: (kind: AccessGrant['holderKind'], id) => known.get(`${kind}/${id}`)?.person,
    places,
    alone: all.length === 1 && all[0] === by,
  }
}

function named({ holderKind, holder, approvedBy }: Naming) {
  return [
    ...(holderKind === 'account' ? [] : [{ kind: holderKind, id: holder }]),
    ...(approvedBy === null ? [] : [{ kind: 'person' as const, id: approvedBy }]),
  ]
}
