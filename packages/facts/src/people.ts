import { z } from 'zod'
import { facts } from './fact-type.ts'

const id = z.string().min(1)
const date = z.iso.date()

/** A person who works for the organisation, from the register of people. Ends by a record only. */
export const people = facts('person', {
  value: z.object({
    id,
    name: z.string(),
    kind: z.enum(['employee', 'contractor']),
    /** Person who answers for a contractor. */
    sponsor: z.string().nullable(),
    startsOn: date,
    /** Last day; null while nobody has said that the person leaves. */
    endsOn: date.nullable(),
    /** Null while there is no end. */
    voluntary: z.boolean().nullable(),
  }),
  key: (person) => person.id,
  label: (person) => person.name,
  lookups: { sponsoredBy: (person) => person.sponsor },
})

/** A service that has accounts of its own, with the person who owns it. */
export const namedServices = facts('named-service', {
  value: z.object({ id, name: z.string(), owner: z.string() }),
  key: (service) => service.id,
  label: (service) => service.name,
  lookups: { ownedBy: (service) => service.owner },
})

/** Whose an account is, as somebody declared it. A word for it, not a proof. */
export const accountOwners = facts('account-owner', {
  value: z.object({
    /** Key of the account's fact: `host/account`. */
    account: id,
    owner: z.object({ kind: z.enum(['person', 'service']), id }),
    saidBy: z.string(),
  }),
  key: (owner) => `${owner.account}/${owner.owner.kind}/${owner.owner.id}`,
  lookups: {
    ofAccount: (owner) => owner.account,
    ofOwner: (owner) => `${owner.owner.kind}/${owner.owner.id}`,
  },
})
