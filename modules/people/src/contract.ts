import { pageOf, paging } from '@hevd/http'
import { importPreviewOf } from '@hevd/register-file/contract'
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

/** `POST /api/people/import/preview`: what a file would change. A person ends by an end date alone. */
export const importPreview = importPreviewOf(person).extend({
  /** Ids of those whose end lies in the past and is new here: recorded late. */
  late: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreview>

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
