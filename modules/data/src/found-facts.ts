import { dataSetPlaces, type Said } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { deleteFoundPlace, type FoundPlace } from './found-store.ts'
import { type RegisterDeps, register } from './register.ts'

export function foundPlaceFact({ id: _, ...said }: FoundPlace): Said {
  return { type: dataSetPlaces.name, value: said }
}

export const goneFoundPlace = ({ place, object }: Pick<FoundPlace, 'place' | 'object'>) => ({
  type: dataSetPlaces.name,
  key: `${place}/${object}`,
})

/** Takes back what was said of places, within a change. */
export async function forgetPlaces(
  { feeds }: Pick<RegisterDeps, 'feeds'>,
  tx: Tx,
  organisation: string,
  places: readonly FoundPlace[],
): Promise<void> {
  for (const place of places) await deleteFoundPlace(tx, organisation, place)
  if (places.length > 0) await feeds.remove(tx, organisation, register.name, places.map(goneFoundPlace))
}
