import { residencyChoices } from '@hevd/facts/regions'
import { instant, pageOf, paging, reasonView, verdict } from '@hevd/http'
import { importPreviewOf } from '@hevd/register-file/contract'
import { z } from 'zod'

const id = z.string().trim().min(1).max(100)
const name = z.string().trim().min(1).max(200)
const date = z.iso.date()
/** A country (`NO`), a named region of a cloud (`aws:eu-north-1`), or, of what is chosen, an area (`eu`). */
const place = z.string().trim().min(2).max(60)

/** A customer, and where they have chosen that their data may be. */
export const customer = z.object({
  id,
  name,
  /** Null where none is recorded: the policy’s own. */
  choice: z.enum(residencyChoices).nullable(),
  /** Areas and places, of a choice by name. */
  named: z.array(place).max(50),
  since: date.nullable(),
  /** Which contract says so. */
  contract: z.string().trim().min(1).max(200).nullable(),
})
export type Customer = z.infer<typeof customer>

/** How a test judges it now, and why. */
const judged = z.object({ verdict, why: reasonView.nullable() })

/** With the stores that have data of theirs: the first five, and how many. */
export const listedCustomer = customer.extend({
  stores: z.array(z.object({ store: z.string(), ...judged.shape })),
  storeCount: z.int(),
})
export type ListedCustomer = z.infer<typeof listedCustomer>
export const customerPage = pageOf(listedCustomer)

export const storeKinds = ['database', 'bucket', 'backups', 'logs', 'private-cloud', 'other'] as const

/** A place where data is kept. `seenPlace` and `seenOn` stand together, or neither does. */
export const dataStore = z.object({
  id,
  name,
  kind: z.enum(storeKinds),
  /** Where it is declared to be. */
  place,
  /** The host it is on; null where it is a service of the cloud. */
  host: z.string().trim().min(1).max(100).nullable(),
  /** Where somebody saw at the provider that it is, and on which day. */
  seenPlace: place.nullable(),
  seenOn: date.nullable(),
  bytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  /** Id of the one customer it is for. */
  dedicatedTo: id.nullable(),
})
export type DataStore = z.infer<typeof dataStore>

export const listedStore = dataStore.extend({
  hostName: z.string().nullable(),
  /** Customers with data in it. */
  customers: z.int(),
  ...judged.shape,
})
export type ListedStore = z.infer<typeof listedStore>
export const storePage = pageOf(listedStore)
export const listQuery = paging.extend({ q: z.string().trim().max(200).optional() })

/** What is declared to be in one place. `bytes` is null where the size of one of the stores is not known. */
export const placeSummary = z.object({
  place: z.string(),
  stores: z.int(),
  bytes: z.number().nullable(),
  customers: z.int(),
})
export type PlaceSummary = z.infer<typeof placeSummary>
export const placeSummaries = z.array(placeSummary)

/** A subprocessor, or support of our own. */
export const subprocessor = z.object({
  id,
  name,
  kind: z.enum(['subprocessor', 'support']),
  places: z.array(place).min(1).max(50),
  /** Ids of customers; null for everybody. */
  reaches: z.array(id).max(1000).nullable(),
  /** It handles payment cards for us. */
  payments: z.boolean(),
  since: date,
})
export type Subprocessor = z.infer<typeof subprocessor>

/** An attestation of compliance with PCI DSS, as the provider has shown it. */
export const attestation = z.object({
  level: z.int().min(1).max(4),
  version: z
    .string()
    .trim()
    .regex(/^\d(\.\d){0,2}$/),
  /** The date of the attestation. */
  signedOn: date,
  validUntil: date.nullable(),
  /** Where the document is kept. */
  reference: z.string().trim().min(1).max(300),
  /** SHA-256 of the document, hex. */
  evidence: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})
export type Attestation = z.infer<typeof attestation>

export const listedSubprocessor = subprocessor.extend({
  /** The newest first. */
  attestations: z.array(attestation.extend({ id: z.uuid(), recordedAt: instant })),
})
export type ListedSubprocessor = z.infer<typeof listedSubprocessor>
export const listedSubprocessors = z.array(listedSubprocessor)

/** The facility a host stands in, as somebody saw it. */
export const facility = z.object({ facility: name, place, seenOn: date })
export type Facility = z.infer<typeof facility>

/** A production host: where its cloud says that it is, and its facility. */
export const hostPlace = z.object({
  id: z.string(),
  name: z.string(),
  /** `aws:eu-north-1`; null where no agent has told of a cloud. */
  region: z.string().nullable(),
  facility: facility.nullable(),
})
export type HostPlace = z.infer<typeof hostPlace>
export const hostPlaces = z.array(hostPlace)

/** With `was`, the entry as it was read (null: none was there), a change meanwhile is refused. */
export const puttingCustomer = customer.partial({ id: true }).extend({ was: customer.nullable().optional() })
export const puttingStore = dataStore.partial({ id: true }).extend({ was: dataStore.nullable().optional() })
export const puttingSubprocessor = subprocessor
  .partial({ id: true })
  .extend({ was: subprocessor.nullable().optional() })

export const customersPreview = importPreviewOf(customer)
export const storesPreview = importPreviewOf(dataStore)
export type CustomersPreview = z.infer<typeof customersPreview>
export type StoresPreview = z.infer<typeof storesPreview>

/** `GET /api/residency/decide`: may this customer’s data be placed in this store? */
export const deciding = z.object({ customer: id, store: id })

/** Nothing but `allowed: true` is a yes. */
export const decision = z.object({
  allowed: z.boolean(),
  why: reasonView,
  /** Until when an application may go by it, in milliseconds; `Cache-Control` and `Expires` say the same. */
  cacheableUntil: instant,
  /** The batch it is counted in, and its number there; null where nobody but a reader tried it. */
  decision: z.string().nullable(),
})
export type Decision = z.infer<typeof decision>

const placement = z.object({ customer: id, store: id })
/** `POST /api/residency/placements`: what an application has placed, and what it has taken out. */
export const reporting = z.object({
  placed: z.array(placement).max(1000).default([]),
  removed: z.array(placement).max(1000).default([]),
})
export const reported = z.object({ placed: z.int(), removed: z.int() })

export const makingToken = z.object({ service: id, reports: z.boolean(), until: date })
export const token = z.object({
  id: z.uuid(),
  service: z.object({ id: z.string(), name: z.string() }),
  reports: z.boolean(),
  until: date,
  madeAt: instant,
  lastUsedAt: instant.nullable(),
  /** `unknown-service`: the service it was made for is not in the register any more, so it is refused. */
  state: z.enum(['good', 'over', 'revoked', 'unknown-service']),
})
export type Token = z.infer<typeof token>
export const tokens = z.array(token)
/** The token itself is told this once. */
export const madeToken = token.extend({ token: z.string() })
export type MadeToken = z.infer<typeof madeToken>
