/** JSON as nft prints it: `libnftables-json(5)`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [name: string]: Json }

export function asObject(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !isList(value) ? value : null
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function asText(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** The name and content of an object with one member, such as `{"match": …}`. */
export function only(value: Json | undefined): readonly [string, Json] | null {
  const object = asObject(value)
  return object === null ? null : (Object.entries(object)[0] ?? null)
}
