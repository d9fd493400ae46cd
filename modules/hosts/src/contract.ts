import { instant } from '@hevd/http'
import { importing, importPreviewOf, previewing } from '@hevd/register-file/contract'
import { z } from 'zod'

/** A host that the organisation declares as its own. */
export const host = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['production', 'workstation', 'other']),
  declaredBy: z.string(),
  declaredAt: instant,
  endedAt: instant.nullable(),
  /** When its agent was last heard; null when never. */
  lastHeardAt: instant.nullable(),
})
export type Host = z.infer<typeof host>
export const changingHost = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  role: z.enum(['production', 'workstation', 'other']).optional(),
  /** True ends the host: its agent's token stops working and its facts are recorded as gone. */
  ended: z.boolean().optional(),
})
export type ChangingHost = z.infer<typeof changingHost>

/** What an imported list is of: machines, a provider's disks, devices of device management. */
export const listKind = z.enum(['hosts', 'volumes', 'devices'])
export type ListKind = z.infer<typeof listKind>
/** A list that was imported from a file, by what it is of and where it comes from. */
export const hostList = z.object({
  of: listKind,
  source: z.string(),
  importedAt: instant,
  entries: z.int(),
})
export type HostList = z.infer<typeof hostList>
/** Names of the organisation's own choosing, such as `aws-eu-north-1`. */
const source = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u)
export const which = z.object({ of: listKind, source })
/** `POST /api/host-lists/preview` and `POST /api/host-lists`: a CSV, or JSON of a cloud's own tool. */
export const previewingList = previewing.extend(which.shape)
export const importingList = importing.extend(which.shape)
/** An item of a list as a preview shows it; what its kind has not is not there. Several texts are one, with commas. */
export const listedItem = z.object({
  id: z.string(),
  name: z.string(),
  otherNames: z.string().optional(),
  kind: z.enum(['server', 'workstation']).optional(),
  serials: z.string().optional(),
  serial: z.string().optional(),
  user: z.string().optional(),
  os: z.string().optional(),
  encrypted: z.boolean().nullable().optional(),
  locks: z.boolean().nullable().optional(),
  compliant: z.boolean().nullable().optional(),
  lastCheckIn: instant.nullable().optional(),
})
export type ListedItem = z.infer<typeof listedItem>
/** What the file would make of the list before it: what is `notInFile` goes, and is counted by the brake. */
export const listPreview = importPreviewOf(listedItem)
export type ListPreview = z.infer<typeof listPreview>
export const listImported = z.object({ added: z.int(), changed: z.int(), removed: z.int() })
