import { instant, pageOf, paging } from '@hevd/http'
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

/** What must be settled by people first, and the ids that it is about. */
export const hindrance = z.object({
  what: z.enum(['employed', 'not-due', 'sponsor', 'service', 'access', 'data-set', 'backup-reader']),
  ids: z.array(z.string()),
})
export type Hindrance = z.infer<typeof hindrance>

/** `GET /api/people/:id/erasure`: what would go and what would stay; nothing is changed. */
export const erasurePreview = z.object({
  person,
  /** First day on which the person is past retention; null while employed. */
  due: date.nullable(),
  isDue: z.boolean(),
  /** Empty when it can be asked for. `not-due` alone can be gone past by a typed reason. */
  hindrances: z.array(hindrance),
  /** Accounts said to be the person's: those still seen keep their name on the host. */
  accounts: z.array(z.object({ account: z.string(), seen: z.boolean() })),
  /** Rows with the full name in them now, by table. */
  goes: z.array(z.object({ table: z.string(), rows: z.int() })),
  /** Open periods, in which an occurrence keeps a pseudonym until they are signed. */
  openPeriods: z.int(),
  /** Whether another administrator must approve. */
  needsApproval: z.boolean(),
})
export type ErasurePreview = z.infer<typeof erasurePreview>

/** `POST /api/erasures`. */
export const askingErasure = z.object({
  people: z
    .array(
      z.object({
        id: z.string(),
        /** What else they are called: e-mail addresses, user names. Taken out of texts wherever they stand. */
        also: z.array(z.string().trim().min(3).max(200)).max(20),
      }),
    )
    .min(1)
    .max(200),
  /** Needed where someone is not past retention. */
  reason: z.string().trim().min(10).max(1000).nullable(),
  /** Typed: the name of the one, or the number of several. */
  confirm: z.string(),
})
export type AskingErasure = z.infer<typeof askingErasure>

export const erasureState = z.enum([
  'asked',
  'registers',
  'history',
  'looking',
  'key',
  'rewriting',
  'done',
  'stopped',
])
export const erasureView = z.object({
  id: z.string(),
  batch: z.string(),
  state: erasureState,
  waits: z.enum(['approval', 'judging', 'remains', 'database']).nullable(),
  because: z.enum(['retention', 'request', 'account']),
  /** Null as soon as the registers no longer know. */
  name: z.string().nullable(),
  askedBy: z.string(),
  askedAt: instant,
  approvedBy: z.string().nullable(),
  /** Entries that can be opened no more, by the leaf of the log. */
  entries: z.int().nullable(),
  observed: z
    .object({
      tables: z.int(),
      columns: z.int(),
      /** Where a name still stands. `host`: a source says so now; `console`: an account of Hevd bears the name. */
      remains: z.array(z.object({ table: z.string(), column: z.string(), holds: z.string(), rows: z.int() })),
    })
    .nullable(),
  finishedAt: instant.nullable(),
})
export type ErasureView = z.infer<typeof erasureView>

/** `GET /api/erasures`: who is past retention, and the newest erasures. */
export const erasureList = z.object({
  retention: z.string(),
  due: z.array(person.extend({ due: date })),
  erasures: z.array(erasureView),
})
export type ErasureList = z.infer<typeof erasureList>
