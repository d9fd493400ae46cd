import { sensitiveKinds } from '@hevd/facts'
import { pageOf, paging } from '@hevd/http'
import { importPreviewOf } from '@hevd/register-file/contract'
import { z } from 'zod'

/** A short text that may be left out. */
const optional = z.string().trim().min(1).max(200).nullable()

/** A set of data as it is entered. What it says of protections is claimed, not seen. */
export const dataSet = z.object({
  id: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  /** A word of the policy's scheme. */
  class: optional,
  /** The system it is kept in. */
  place: optional,
  /** Id of the person who answers for it. */
  owner: optional,
  encryptedAtRest: z.boolean(),
  encryptedInTransit: z.boolean(),
  accessRestricted: z.boolean(),
  backedUp: z.boolean(),
  /** Days until it is deleted. */
  retentionDays: z.int().min(1).max(36_525).nullable(),
})
export type DataSet = z.infer<typeof dataSet>

/** As listed; times in milliseconds, `reviewedAt` null while nobody has reviewed it since it was entered. */
export const listedDataSet = dataSet.extend({
  ownerName: z.string().nullable(),
  enteredAt: z.number(),
  reviewedAt: z.number().nullable(),
})
export type ListedDataSet = z.infer<typeof listedDataSet>
export const dataSetPage = pageOf(listedDataSet)
export const dataSetsQuery = paging.extend({ q: z.string().trim().max(200).optional() })

/** `PUT /api/data-sets/:id`. With `was`, the set as it was read (null: none was there), a change meanwhile is refused. */
export const puttingDataSet = dataSet.partial({ id: true }).extend({ was: dataSet.nullable().optional() })

/** `POST /api/data-sets/:id/review`: the set as the reviewer saw it, so that nobody confirms what another has changed. */
export const reviewingDataSet = z.object({ was: dataSet })

export const importPreview = importPreviewOf(dataSet)
export type ImportPreview = z.infer<typeof importPreview>

/** What scans have seen of one database or folder of logs. Times in milliseconds. */
export const scannedPlace = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['postgres', 'mysql', 'logs']),
  state: z.enum(['whole', 'sample', 'partial', 'not-scanned']),
  scannedAt: z.number().nullable(),
  objects: z.int(),
  ofObjects: z.int(),
  /** Rows or bytes looked at, of about how many. */
  looked: z.number(),
  of: z.number().nullable(),
  unit: z.enum(['rows', 'bytes']),
  /** The largest share that a sample without a find leaves open. */
  open: z.number(),
  encryptedColumns: z.int(),
  gaps: z.array(z.object({ what: z.string(), why: z.string() })),
  gapCount: z.int(),
})
export type ScannedPlace = z.infer<typeof scannedPlace>

/** `GET /api/data-scans`: those not looked at first, then the others by name. */
export const scannedPlacesPage = pageOf(scannedPlace)

/** One kind of find in a column, or in a file, whose column is null. */
export const find = z.object({
  column: z.string().nullable(),
  kind: z.enum(sensitiveKinds),
  detector: z.string(),
  count: z.int(),
  of: z.int(),
  encrypted: z.int(),
  confidence: z.enum(['high', 'medium', 'low']),
  lines: z.array(z.int()),
})

/** A table or file in which a scan found something sensitive, and what a person has said of it. */
export const foundObject = z.object({
  place: z.string(),
  placeName: z.string(),
  placeKind: z.enum(['postgres', 'mysql', 'logs']),
  object: z.string(),
  finds: z.array(find),
  dataSet: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Why it is no set of data, as a person said. */
  reason: z.string().nullable(),
})
export type FoundObject = z.infer<typeof foundObject>

/** `GET /api/data-finds`: what nobody has said anything of first. */
export const foundPage = pageOf(foundObject)
export const foundQuery = paging.extend({ q: z.string().trim().max(200).optional() })

const where = { place: z.string().min(1).max(1000), object: z.string().min(1).max(4000) }

/** `POST /api/data-finds/enter`: a new set of data, entered from what was found. */
export const enteringFound = z.object({ ...where, set: dataSet })

/** `POST /api/data-finds/settle`: a set that there is, why it is none, or that nothing is said any more. */
export const settlingFound = z.discriminatedUnion('as', [
  z.object({ ...where, as: z.literal('set'), dataSet: z.string().min(1).max(100) }),
  z.object({ ...where, as: z.literal('none'), reason: z.string().trim().min(3).max(500) }),
  z.object({ ...where, as: z.literal('open') }),
])
export type SettlingFound = z.infer<typeof settlingFound>
