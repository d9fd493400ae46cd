import type { Tx } from '@hevd/postgres'
import { allServices, peopleById } from './store/people.ts'

/** A person or a service of the register, as other registers need it. */
export type Known = {
  readonly name: string
  /** Id of the person: oneself, or who answers for the service. */
  readonly person: string
  /** The ledger's key of that person, under which what is personal is sealed. */
  readonly key: string
}
export type Holder = { readonly kind: 'person' | 'service'; readonly id: string }

/** Those of these that the register has, by `person/<id>` or `service/<id>`. */
export async function knownHolders(
  tx: Tx,
  organisation: string,
  holders: readonly Holder[],
): Promise<ReadonlyMap<string, Known>> {
  const wanted = (kind: Holder['kind']) =>
    holders.filter((holder) => holder.kind === kind).map(({ id }) => id)
  const ids = new Set(wanted('service'))
  const services = ids.size === 0 ? [] : (await allServices(tx, organisation)).filter(({ id }) => ids.has(id))
  const persons = await peopleById(tx, organisation, [
    ...new Set([...wanted('person'), ...services.map(({ owner }) => owner)]),
  ])
  const known = new Map<string, Known>()
  for (const id of wanted('person')) {
    const person = persons.get(id)
    if (person !== undefined) known.set(`person/${id}`, { name: person.name, person: id, key: person.key })
  }
  for (const { id, name, owner } of services) {
    const key = persons.get(owner)?.key
    if (key !== undefined) known.set(`service/${id}`, { name, person: owner, key })
  }
  return known
}
