import type { AccessGrant, AccessPlaces } from '../contract.ts'

/** What access can be to, by id and by name. */
export type Places = {
  readonly listed: AccessPlaces
  has(kind: 'postgres' | 'firewall', id: string): boolean
  nameOf(kind: AccessGrant['kind'], id: string): string
  /** A grant whose place is told by its name has its id instead. */
  resolved(grant: AccessGrant): AccessGrant
}

export function placesOf(listed: AccessPlaces): Places {
  const of = { firewall: listed.hosts, postgres: listed.servers }
  return {
    listed,
    has: (kind, id) => of[kind].some((place) => place.id === id),
    nameOf: (kind, id) => (kind === 'other' ? id : (of[kind].find((place) => place.id === id)?.name ?? id)),
    resolved(grant) {
      if (grant.kind === 'other') return grant
      const places = of[grant.kind]
      if (places.some(({ id }) => id === grant.place)) return grant
      const [named, ...more] = places.filter(({ name }) => name === grant.place)
      return named === undefined || more.length > 0 ? grant : { ...grant, place: named.id }
    },
  }
}
