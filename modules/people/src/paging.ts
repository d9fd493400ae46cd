import { z } from 'zod'

export const personPlace = z.object({ sort: z.string(), id: z.string() })
export const accountPlace = z.string()
