import { z } from 'zod'
import { facts } from './fact-type.ts'

const id = z.string().min(1)

/** A set of data of the register that is kept by hand. Its protections are claimed by somebody, not seen. */
export const dataSets = facts('data-set', {
  value: z.object({
    id,
    name: z.string(),
    /** A word of the policy's scheme; null while nobody has set it. */
    class: z.string().nullable(),
    /** The system the data is kept in. */
    place: z.string().nullable(),
    /** Id of the person who answers for it. */
    owner: z.string().nullable(),
    encryptedAtRest: z.boolean(),
    encryptedInTransit: z.boolean(),
    accessRestricted: z.boolean(),
    backedUp: z.boolean(),
    /** Days until it is deleted; null where nobody has said. */
    retentionDays: z.int().nullable(),
    /** In milliseconds, as the reviews; each in order. */
    enteredAt: z.number(),
    reviews: z.array(z.number()),
  }),
  key: (set) => set.id,
  label: (set) => set.name,
  lookups: { ownedBy: (set) => set.owner },
})
