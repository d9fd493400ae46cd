import { z } from 'zod'

/** Who may use a file, by its mode and those of the folders above it; root always may. */
export const openTo = z.object({
  /** Owner of the file, where the owner may. */
  uid: z.int().nullable(),
  /** Its group, where the group may. */
  gid: z.int().nullable(),
  /** Whether everybody may. */
  everybody: z.boolean(),
})
