import { ColumnsError } from '../errors.ts'

/**
 * What a value is bound to. As associated data it is, in this order: the label, the key version and the number of the
 * type as four bytes each, table, column and tenant, the number of parts of the row's id, and each part. Texts are
 * UTF-8 after their length in four bytes; all numbers are big-endian.
 */
export type Place = {
  readonly table: string
  readonly column: string
}

const LABEL = 'hevd/columns/1'

/** One text after its length in bytes. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function number(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The part that all rows of a column under one key share. */
export function contextHead({ table, column }: Place, keyVersion: number, typeNumber: number): Buffer {
  return Buffer.concat([text(LABEL), number(keyVersion), number(typeNumber), text(table), text(column)])
}

let scratch = Buffer.allocUnsafeSlow(1024)

/**
 * The whole associated data: the head, the tenant and the row's id. The bytes are good until the next call; nothing
 * may be awaited meanwhile.
 */
export function context(head: Buffer, tenant: string, id: readonly string[]): Buffer {
  let most = head.length + 8 + 3 * tenant.length
  for (const part of id) most += 4 + 3 * part.length
  if (most > scratch.length) scratch = Buffer.allocUnsafeSlow(most * 2)
  let at = head.copy(scratch)
  at = write(tenant, at)
  at = scratch.writeUInt32BE(id.length, at)
  for (const part of id) at = write(part, at)
  return scratch.subarray(0, at)
}

function write(value: string, at: number): number {
  const written = scratch.write(value, at + 4, 'utf8')
  scratch.writeUInt32BE(written, at)
  return at + 4 + written
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * A part of a row's id as text that does not depend on the driver: `12`, `12n` and `'12'` are one id, and so are the
 * two cases of a UUID. Throws `row-id-unfit`.
 */
export function idText(value: unknown, table: string): string {
  if (typeof value === 'string' && value.isWellFormed()) return UUID.test(value) ? value.toLowerCase() : value
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value)
  throw new ColumnsError('row-id-unfit', { table })
}
