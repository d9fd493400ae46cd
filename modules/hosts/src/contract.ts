import { instant } from '@hevd/http'
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
