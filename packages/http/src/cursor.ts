import type { z } from 'zod'

/** A place in a list, as it goes into a cursor. */
export function cursorOf(place: unknown): string | null {
  return place === null ? null : Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place a cursor stands for; null for the beginning, and for what is no cursor of ours. */
export function placeOf<Place>(schema: z.ZodType<Place>, cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  try {
    const { data } = schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return data ?? null
  } catch {
    return null
  }
}
