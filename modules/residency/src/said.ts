import {
  customerPlacements,
  customers,
  dataStores,
  hostFacilities,
  pciAttestations,
  type Said,
  subprocessors,
} from '@hevd/facts'
import type { Customer, DataStore, Subprocessor } from './contract.ts'
import type { StoredCustomer } from './store/customers.ts'
import type { HostFacility } from './store/facilities.ts'
import type { Placement } from './store/placements.ts'
import type { StoredAttestation } from './store/subprocessors.ts'

export function customerFact({ ref: _, ...customer }: StoredCustomer): Said {
  return { type: customers.name, value: customer satisfies Customer }
}

export const storeFact = (store: DataStore): Said => ({ type: dataStores.name, value: store })
export const subprocessorFact = (given: Subprocessor): Said => ({ type: subprocessors.name, value: given })
export const facilityFact = (facility: HostFacility): Said => ({ type: hostFacilities.name, value: facility })
export const placementFact = (placement: Placement): Said => ({
  type: customerPlacements.name,
  value: placement,
})

export function attestationFact({ recordedAt: _, ...attestation }: StoredAttestation): Said {
  return { type: pciAttestations.name, value: attestation }
}
