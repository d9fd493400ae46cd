import { ColumnsError } from '../errors.ts'

/** What a column's values are to the application. */
export type ValueTypes = {
  readonly string: string
  /** IEEE 754 binary64, finite. */
  readonly number: number
  readonly boolean: boolean
  readonly bigint: bigint
  /** To the millisecond. */
  readonly date: Date
  /** What JSON can say, `null` on top apart: that is the database's own null. */
  readonly json: unknown
  readonly bytes: Uint8Array
}
export type ValueType = keyof ValueTypes
/** Any value of any type but `json`, whose values are typed by what they are. */
export type Value = ValueTypes[ValueType]

/** How a type is written as bytes. `encode` gives null for what is not of the type; `decode` for bytes it never wrote. */
export type Codec = {
  /** Bound into each value, so that a value is never read as another type. Never renumbered. */
  readonly number: number
  readonly encode: (value: unknown) => Buffer | null
  readonly decode: (bytes: Buffer) => Value | null
  /** The value that a column of plain text holds, as PostgreSQL prints it; null if it holds none of the type. */
  readonly fromText: (text: string) => Value | null
}

const EIGHT = 8

/** Lengths tell: booleans, numbers and dates have one length each, integers a multiple of eight bytes. */
export const codecs: { readonly [T in ValueType]: Codec } = {
  string: {
    number: 1,
    encode: (value) =>
      typeof value === 'string' && value.isWellFormed() ? Buffer.from(value, 'utf8') : null,
    decode: (bytes) => bytes.toString('utf8'),
    fromText: (text) => text,
  },
  number: {
    number: 2,
    encode: (value) => (typeof value === 'number' && Number.isFinite(value) ? float(value) : null),
    decode: (bytes) => (bytes.length === EIGHT ? bytes.readDoubleBE() : null),
    fromText: (text) => (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? Number(text) : null),
  },
  boolean: {
    number: 3,
    encode: (value) => (typeof value === 'boolean' ? Buffer.of(value ? 1 : 0) : null),
    decode: (bytes) => (bytes.length === 1 ? bytes[0] === 1 : null),
    fromText: (text) => (/^(t|true)$/.test(text) ? true : /^(f|false)$/.test(text) ? false : null),
  },
  bigint: {
    number: 4,
    encode: (value) => (typeof value === 'bigint' ? twosComplement(value) : null),
    decode: fromTwosComplement,
    fromText: (text) => (/^-?\d+$/.test(text) ? BigInt(text) : null),
  },
  date: {
    number: 5,
    encode: (value) =>
      value instanceof Date && !Number.isNaN(value.getTime()) ? float(value.getTime()) : null,
    decode: (bytes) => (bytes.length === EIGHT ? new Date(bytes.readDoubleBE()) : null),
    fromText: instantOf,
  },
  json: { number: 6, encode: jsonBytes, decode: (bytes) => parsed(bytes.toString('utf8')), fromText: parsed },
  bytes: {
    number: 7,
    encode: (value) =>
      value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : null,
    decode: (bytes) => bytes,
    fromText: () => null,
  },
}

/** Throws `value-unfit` for what is not of the type; `column` is for the message. */
export function encodeValue(type: ValueType, value: unknown, column: string): Buffer {
  const bytes = codecs[type].encode(value)
  if (bytes === null) throw new ColumnsError('value-unfit', { column, type })
  return bytes
}

function float(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(EIGHT)
  bytes.writeDoubleBE(value)
  return bytes
}

/** Big-endian, in as many times 64 bits as it takes. */
function twosComplement(value: bigint): Buffer {
  let words = 1
  while (BigInt.asIntN(words * 64, value) !== value) words += 1
  const bytes = Buffer.allocUnsafe(words * EIGHT)
  for (let word = words - 1, rest = value; word >= 0; word -= 1, rest >>= 64n)
    bytes.writeBigInt64BE(BigInt.asIntN(64, rest), word * EIGHT)
  return bytes
}

function fromTwosComplement(bytes: Buffer): bigint | null {
  if (bytes.length === 0 || bytes.length % EIGHT !== 0) return null
  let value = bytes.readBigInt64BE(0)
  for (let at = EIGHT; at < bytes.length; at += EIGHT) value = (value << 64n) | bytes.readBigUInt64BE(at)
  return value
}

function jsonBytes(value: unknown): Buffer | null {
  try {
    const text = JSON.stringify(value)
    return text === undefined || !text.isWellFormed() ? null : Buffer.from(text, 'utf8')
  } catch {
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** ISO 8601 with a zone, also as PostgreSQL prints `timestamptz` (`2026-01-31 12:00:00.5+01`); a date alone is UTC. */
function instantOf(text: string): Date | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?(Z|[-+]\d\d(?::?\d\d)?))?$/.exec(
    text,
  )
  if (match === null) return null
  const [, day, time = '00:00:00', fraction = '', zone = 'Z'] = match
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`
  const instant = new Date(`${day}T${time}${time.length === 5 ? ':00' : ''}${fraction.slice(0, 4)}${offset}`)
  return Number.isNaN(instant.getTime()) ? null : instant
}
