import { pageOf, paging } from '@hevd/http'
import { z } from 'zod'

const date = z.iso.date()
const name = z.string().trim().min(1).max(200)

/** A person of the register. `id` is the organisation's own, such as an employee number. */
export const person = z.object({
  id: z.string().trim().min(1).max(100),
  name,
  kind: z.enum(['employee', 'contractor']),
  /** Id of the person who answers for a contractor; null for an employee. */
  sponsor: z.string().nullable(),
  startsOn: date,
  /** Last day. */
  endsOn: date.nullable(),
  voluntary: z.boolean().nullable(),
})
export type Person = z.infer<typeof person>
/** A person as listed, with the sponsor's name. */
export const listedPerson = person.extend({ sponsorName: z.string().nullable() })
export type ListedPerson = z.infer<typeof listedPerson>
export const personPage = pageOf(listedPerson)
/** `PUT /api/people/:id`. With `was`, the person as it was read (null: none was there), a change meanwhile is refused. */
export const puttingPerson = person.partial({ id: true }).extend({ was: person.nullable().optional() })
export const peopleQuery = paging.extend({ q: z.string().trim().max(200).optional() })

/** A service that has accounts of its own; `owner` is a person's id. */
export const namedService = z.object({ id: z.string().trim().min(1).max(100), name, owner: z.string() })
export type NamedService = z.infer<typeof namedService>
/** A service as listed, with its owner's name. */
export const listedService = namedService.extend({ ownerName: z.string() })
export type ListedService = z.infer<typeof listedService>
export const puttingService = namedService.partial({ id: true })

/**
 * A file of people: its text, or its bytes in base64, which is safer, since a browser that reads a file of another
 * encoding as UTF-8 has lost the letters before we see them.
 */
const file = { csv: z.string().optional(), base64: z.base64().optional() }
export const previewing = z.object(file)

/** `POST /api/people/import/preview`: CSV with a header line; what would change, and nothing is changed. */
export const importPreview = z.object({
  /** Given back to `POST /api/people/import`; another register or file has another one. */
  digest: z.string(),
  added: z.array(person),
  changed: z.array(z.object({ before: person, after: person })),
  /** In the register and not in the file: left as they are; a person ends by an end date alone. */
  notInFile: z.array(person),
  unchanged: z.int(),
  faults: z.array(z.object({ line: z.int(), field: z.string(), nb: z.string(), en: z.string() })),
  /** Ids of those whose end lies in the past and is new here: recorded late. */
  late: z.array(z.string()),
  encoding: z.enum(['utf-8', 'windows-1252']),
  /** Headers that are not known and were left out. */
  ignoredColumns: z.array(z.string()),
  /** More would change at once than the brake lets through; `confirmCount` must then be given. */
  braked: z.boolean(),
})
export type ImportPreview = z.infer<typeof importPreview>
export const importing = z.object({
  ...file,
  digest: z.string(),
  /** The number of people that will be changed or added, typed by the one who imports; only when braked. */
  confirmCount: z.int().optional(),
})

export const imported = z.object({ added: z.int(), changed: z.int() })

/** An account seen somewhere, and whose it is said to be. */
export const accountOwner = z.object({
  /** Key of the account's fact: `<host>/<account>` or `<server>/<role>`. */
  account: z.string(),
  label: z.string(),
  place: z.string(),
  owner: z.object({ kind: z.enum(['person', 'service']), id: z.string(), name: z.string() }).nullable(),
  /** The account of who said it; `name` is null where there is no such account. */
  saidBy: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  saidAt: z.number().nullable(),
})
export type AccountOwner = z.infer<typeof accountOwner>
export const ownerPage = pageOf(accountOwner)
export const ownersQuery = paging.extend({
  q: z.string().trim().max(200).optional(),
  /** `missing` lists the accounts that nobody is said to own. */
  show: z.enum(['all', 'missing']).default('all'),
})
export const declaringOwner = z.object({
  account: z.string(),
  /** Null withdraws what was said. */
  owner: z.object({ kind: z.enum(['person', 'service']), id: z.string() }).nullable(),
})
