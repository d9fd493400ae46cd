import pg from 'pg'
import { parseTimestamptz } from './instant.ts'

/** Object ids of `pg_catalog.pg_type`; fixed in PostgreSQL for ever. */
const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ = 1184
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182
const TIMESTAMPTZ_ARRAY = 1185

/** `int8` (also `count(*)`) as a number; throws RangeError beyond 2^53 - 1 instead of rounding. */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond 2^53 - 1: ${text}`)
  return value
}

/** `{a,NULL,"b c"}` of a type whose elements never contain commas, as an array. */
function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => {
    const inner = text.slice(1, -1)
    if (inner === '') return []
    return inner.split(',').map((item) => (item === 'NULL' ? null : parse(item.replaceAll('"', ''))))
  }
}

const asText = (text: string) => text

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, parseInt8],
  [INT8_ARRAY, arrayOf(parseInt8)],
  [DATE, asText],
  [DATE_ARRAY, arrayOf(asText)],
  [TIMESTAMPTZ, parseTimestamptz],
  [TIMESTAMPTZ_ARRAY, arrayOf(parseTimestamptz)],
])

/**
 * How values come back, local to our pools (the driver's global parsers stay untouched): `timestamptz` as
 * {@link Instant}, `int8` as a safe number, `date` as `YYYY-MM-DD`, `bytea` as Buffer, `json`/`jsonb`
 * parsed, `numeric` and `timestamp` as text.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    return parsers.get(oid) ?? (oid === 1114 ? asText : pg.types.getTypeParser(oid, 'text'))
  },
}
