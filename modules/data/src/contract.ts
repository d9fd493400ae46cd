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
