import { type Erased, erasedWord, namePattern } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { type ResidencyContext, register } from './context.ts'
import { customerPart } from './customers.ts'
import { storePart } from './data-stores.ts'
import { attestationFact, facilityFact } from './said.ts'
import { eraseNames } from './store/erase.ts'
import { allFacilities } from './store/facilities.ts'
import { allAttestations } from './store/subprocessors.ts'
import { subprocessorPart } from './subprocessors.ts'

/** A person is named here in words alone: what customers, stores, subprocessors and facilities are called, and references. */
export async function eraseInResidency(
  { feeds }: Pick<ResidencyContext, 'feeds'>,
  tx: Tx,
  organisation: string,
  erased: Erased,
): Promise<void> {
  const pattern = namePattern(erased)
  if (pattern === null) return
  await feeds.openRegister(tx, organisation, register)
  const changed = await eraseNames(tx, organisation, pattern, erasedWord)
  const facilities = await allFacilities(tx, organisation)
  const attestations = await allAttestations(tx, organisation)
  await feeds.put(tx, organisation, register.name, [
    ...(await customerPart.facts(tx, organisation, changed.customers)),
    ...(await storePart.facts(tx, organisation, changed.stores)),
    ...(await subprocessorPart.facts(tx, organisation, changed.subprocessors)),
    ...attestations.filter(({ id }) => changed.attestations.includes(id)).map(attestationFact),
    ...changed.hosts.flatMap((host) => facilities.get(host) ?? []).map(facilityFact),
  ])
}
