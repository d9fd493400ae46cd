import {
  after,
  type Duration,
  endOf,
  type Moment,
  type Reading,
  type Unknown,
  unknown,
  unseen,
} from '@hevd/core'
import {
  countryOf,
  type dataStores,
  hostFacilities,
  hostRegions,
  isSamePlace,
  type ValueOf,
} from '@hevd/facts'

export type Store = ValueOf<typeof dataStores>

/** Who says where a store is. */
export type Witness = 'cloud' | 'facility' | 'provider'

/** Where a store is, by those who saw it. */
export type Whereabouts = {
  /** Seen, and not too long ago; each of a known country. */
  readonly seen: readonly { readonly place: string; readonly by: Witness }[]
  /** Every place that anybody says of it, declared or seen, also what is too old or from a silent source. */
  readonly told: readonly string[]
  /** Why nobody sees where it is; null where somebody does. */
  readonly missing: Unknown | null
}

/** What tells where a store is: the cloud of its host, and the facility it stands in. */
export function placeLookups(store: Store | undefined) {
  const host = store?.host ?? null
  return {
    regions: host === null ? [] : [hostRegions.ofHost(host)],
    facilities: host === null ? [] : [hostFacilities.byKey(host)],
  }
}

type Readings = {
  readonly regions: Reading<ValueOf<typeof hostRegions>>
  readonly facilities: Reading<ValueOf<typeof hostFacilities>>
}

/** @param seenEvery how long what a person saw counts */
export function whereabouts(
  store: Store,
  { regions, facilities }: Readings,
  seenEvery: Duration,
  moment: Moment,
): Whereabouts {
  const ofHost = <Value extends { readonly host: string }>({ facts }: Reading<Value>) =>
    facts.flatMap(({ value }) => (value.host === store.host ? [value] : []))
  const isFresh = (on: string) => !moment.passed(endOf(after(on, seenEvery, moment.zone), moment.zone))
  const clouds = ofHost(regions).map(({ cloud, region }) => `${cloud}:${region}`)
  const known = clouds.filter((place) => countryOf(place) !== null)
  const byPeople = [
    ...ofHost(facilities).map(({ place, seenOn: on }) => ({ place, on, by: 'facility' as const })),
    ...(store.seenPlace === null || store.seenOn === null
      ? []
      : [{ place: store.seenPlace, on: store.seenOn, by: 'provider' as const }]),
  ]
  const [silent] = regions.unseen
  const seen = [
    ...(silent === undefined ? known.map((place) => ({ place, by: 'cloud' as const })) : []),
    ...byPeople.filter(({ on }) => isFresh(on)).map(({ place, by }) => ({ place, by })),
  ]
  const told = [store.place, ...known, ...byPeople.map(({ place }) => place)]
  if (seen.length > 0) return { seen, told, missing: null }
  const [old] = byPeople
  const [strange] = clouds
  if (old !== undefined) return { seen, told, missing: unknown('place-seen-long-ago', { on: old.on }) }
  if (silent !== undefined) return { seen, told, missing: unseen(silent) }
  if (strange !== undefined) return { seen, told, missing: unknown('region-not-known', { region: strange }) }
  return { seen, told, missing: unknown('place-not-seen') }
}

/** Places that were seen and are not the declared one. */
export function contradicting(store: Store, { seen }: Whereabouts): Whereabouts['seen'] {
  return seen.filter(({ place }) => !isSamePlace(store.place, place))
}
