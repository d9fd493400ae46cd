import { z } from 'zod'
import { facts } from './fact-type.ts'
import { residencyChoices } from './regions/choice.ts'

const id = z.string().min(1)
const date = z.iso.date()
/** A code of `regions/place.ts`. */
const place = z.string().min(1)

/** The region of a cloud that a host runs in, as the cloud tells the host. */
export const hostRegions = facts('host-region', {
  value: z.object({
    host: id,
    /** `aws`, `azure`, `gcp`, `hetzner`, `openstack`. */
    cloud: id,
    /** The cloud's own name; an OpenStack tells its availability zone alone. */
    region: id,
    zone: z.string().nullable(),
    /** Who told: what cloud-init wrote down at start, or the metadata service itself. */
    by: z.enum(['cloud-init', 'metadata']),
  }),
  key: (region) => region.host,
  label: (region) => `${region.cloud}:${region.region}`,
  scope: 'ofHost',
  lookups: { ofHost: (region) => region.host },
})

/** The facility that a host stands in, as somebody entered it. */
export const hostFacilities = facts('host-facility', {
  value: z.object({
    host: id,
    facility: z.string(),
    place,
    /** The day it was last seen to be so. */
    seenOn: date,
  }),
  key: (facility) => facility.host,
  label: (facility) => facility.facility,
  lookups: {},
})

/** A place where data is kept, as the register has it. */
export const dataStores = facts('data-store', {
  value: z.object({
    id,
    name: z.string(),
    kind: z.enum(['database', 'bucket', 'backups', 'logs', 'private-cloud', 'other']),
    /** Where it is declared to be. */
    place,
    /** The host it is on, whose region is observed; null where it is a service of the cloud. */
    host: id.nullable(),
    /** Where somebody saw at the provider that it is, and on which day. */
    seenPlace: place.nullable(),
    seenOn: date.nullable(),
    /** Null while nobody knows. */
    bytes: z.number().min(0).nullable(),
    /** Id of the one customer it is for; null where it is shared. */
    dedicatedTo: id.nullable(),
  }),
  key: (store) => store.id,
  label: (store) => store.name,
  lookups: {
    onHost: (store) => store.host,
    called: (store) => [...new Set([store.id.toLowerCase(), store.name.toLowerCase()])],
    inRegister: () => 'data-stores',
  },
})

/** A customer, and where they have chosen that their data may be. */
export const customers = facts('customer', {
  value: z.object({
    id,
    name: z.string(),
    /** Null where none is recorded. */
    choice: z.enum(residencyChoices).nullable(),
    /** Areas and places of a choice by name. */
    named: z.array(z.string()),
    since: date.nullable(),
    /** The contract that says so. */
    contract: z.string().nullable(),
  }),
  key: (customer) => customer.id,
  label: (customer) => customer.name,
  lookups: {},
})

/** That a customer's data is in a store. */
export const customerPlacements = facts('customer-placement', {
  value: z.object({
    customer: id,
    store: id,
    /** When it was first reported, in milliseconds. */
    placedAt: z.number(),
  }),
  key: (placement) => `${placement.customer}/${placement.store}`,
  label: (placement) => `${placement.customer} → ${placement.store}`,
  lookups: { ofCustomer: (placement) => placement.customer, inStore: (placement) => placement.store },
})

/** A subprocessor, or people of ours who support customers: from where they reach whose data. */
export const subprocessors = facts('subprocessor', {
  value: z.object({
    id,
    name: z.string(),
    /** `support`: our own people, who look at customers' data from somewhere. */
    kind: z.enum(['subprocessor', 'support']),
    places: z.array(place),
    /** Ids of the customers whose data it reaches; null for everybody's. */
    reaches: z.array(id).nullable(),
    /** It handles payment cards for us. */
    payments: z.boolean(),
    since: date,
  }),
  key: (processor) => processor.id,
  label: (processor) => processor.name,
  lookups: { reaching: (processor) => processor.reaches ?? '*' },
})

/** What a payment provider has shown of its compliance with PCI DSS. Attested by it, not observed. */
export const pciAttestations = facts('pci-attestation', {
  value: z.object({
    id,
    subprocessor: id,
    /** Of the provider; 1 is attested by an assessor from outside. */
    level: z.int().min(1).max(4),
    /** The version it complies with, such as `4.0.1`. */
    version: z.string(),
    /** The date of the attestation of compliance. */
    signedOn: date,
    /** Null where it does not say. */
    validUntil: date.nullable(),
    /** Where the document is kept, and the SHA-256 of it in hex. */
    reference: z.string(),
    evidence: z.string().nullable(),
  }),
  key: (attestation) => attestation.id,
  label: (attestation) => `PCI DSS ${attestation.version}`,
  lookups: { ofSubprocessor: (attestation) => attestation.subprocessor },
})
