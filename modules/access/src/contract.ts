import { instant, pageOf, paging } from '@hevd/http'
import { importPreviewOf } from '@hevd/register-file/contract'
import { z } from 'zod'

const date = z.iso.date()
const text = z.string().trim().min(1)

/** Access that a person or a service was given. `id` is the organisation's own, such as the number of a case. */
export const accessGrant = z.object({
  id: text.max(100),
  holderKind: z.enum(['person', 'service']),
  /** Id of the person or the service. */
  holder: text,
  kind: z.enum(['postgres', 'firewall', 'other']),
  /** A PostgreSQL server's id, a host's id, or what another system is called. */
  place: text.max(300),
  /** `superuser`, `createRole`, `replication`, `bypassRls`, or a role one is a member of; null unless `postgres`. */
  privilege: text.max(100).nullable(),
  /** The business need, in words. */
  need: text.max(1000),
  /** Id of the person who approved it, another than the one it is for. */
  approvedBy: text,
  from: date,
  /** Last day, at most a year after the first. */
  until: date,
})
export type AccessGrant = z.infer<typeof accessGrant>

/** As listed. A grant that comes with Hevd is for an account, and has neither approver nor last day. */
export const listedGrant = accessGrant.extend({
  holderKind: z.enum(['person', 'service', 'account']),
  holderName: z.string(),
  placeName: z.string(),
  approvedBy: z.string().nullable(),
  approverName: z.string().nullable(),
  /** Approved by the one it is for, in an organisation with a single administrator. */
  singleApprover: z.boolean(),
  until: date.nullable(),
  reviewedAt: instant.nullable(),
  endedAt: instant.nullable(),
  state: z.enum(['in-force', 'to-come', 'over']),
})
export type ListedGrant = z.infer<typeof listedGrant>
export const grantPage = pageOf(listedGrant)
export const accessQuery = paging.extend({
  q: z.string().trim().max(200).optional(),
  /** `current` leaves out what is over. */
  show: z.enum(['current', 'all']).default('current'),
})

/** `PUT /api/access/:id`. With `was`, the grant as it was read (null: none was there), a change meanwhile is refused. */
export const puttingGrant = accessGrant
  .partial({ id: true })
  .extend({ was: accessGrant.nullable().optional() })

/** `POST /api/access/import/preview`: what a file would change. */
export const importPreview = importPreviewOf(accessGrant)
export type ImportPreview = z.infer<typeof importPreview>

/** What access can be to: hosts that are declared, and PostgreSQL servers that are seen. */
export const accessPlaces = z.object({
  hosts: z.array(z.object({ id: z.string(), name: z.string() })),
  servers: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type AccessPlaces = z.infer<typeof accessPlaces>
