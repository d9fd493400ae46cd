import { z } from 'zod'
import { facts } from './fact-type.ts'

const id = z.string().min(1)
const date = z.iso.date()

/**
 * Access that somebody was given, as the register of access says it: a declaration, and what is seen of the world is
 * compared with it. It ends by a record only.
 */
export const accessGrants = facts('access-grant', {
  value: z.object({
    id,
    /** Whom it is for. `account` is the key of one account's fact, and only grants that come with Hevd have it. */
    holder: z.object({ kind: z.enum(['person', 'service', 'account']), id }),
    access: z.discriminatedUnion('kind', [
      /**
       * `server` is a PostgreSQL server's id. `privilege` is `superuser`, `createRole`, `replication`, `bypassRls`, or
       * the name of a role that one is a member of.
       */
      z.object({ kind: z.literal('postgres'), server: id, privilege: id }),
      /** The packet filter of a host, by the host's id. */
      z.object({ kind: z.literal('firewall'), host: id }),
      /** Something that no test compares with the world yet. */
      z.object({ kind: z.literal('other'), system: id }),
    ]),
    /** The business need, in words. */
    need: z.string(),
    /** Person who approved it; null for one that comes with Hevd. */
    approvedBy: z.string().nullable(),
    /** Approved by the one it is for, in an organisation with a single administrator. */
    singleApprover: z.boolean(),
    from: date,
    /** Last day; null for one that comes with Hevd. */
    until: date.nullable(),
    /** When it was confirmed that it is still needed, in milliseconds, in order. */
    reviews: z.array(z.number()),
    /** When it was ended before its time, in milliseconds. */
    endedAt: z.number().nullable(),
  }),
  key: (grant) => grant.id,
  lookups: { ofHolder: (grant) => `${grant.holder.kind}/${grant.holder.id}` },
})
