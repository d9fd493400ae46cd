/*
 * Messages of a server as the protocol has them ("Message Formats"): a letter, a length, a body. Those that carry copied data
 * are told in the pieces they arrive in, so that gigabytes pass uncopied.
 */

/** `first` begins a CopyData message; its body goes on in pieces that are not `first`. */
export type CopyPiece = { readonly type: 'd'; readonly first: boolean; readonly bytes: Buffer }
export type Message = { readonly type: string; readonly body: Buffer }

/** So much of a CopyData message is always in its first piece, if it is that long: the header of any kind of it. */
const firstPieceBytes = 25
const headerBytes = 5

export const isCopy = (message: Message | CopyPiece): message is CopyPiece => message.type === 'd'

/**
 * Splits what a server sends into messages: those that are in one piece received, at a time. Their bytes are that piece's, and
 * last as long as it does.
 */
export async function* messagesOf(
  received: AsyncIterable<Buffer>,
): AsyncGenerator<readonly (Message | CopyPiece)[], void, undefined> {
  let held: Buffer = Buffer.alloc(0)
  /** Bytes of the CopyData message that are yet to come. */
  let copying = 0
  for await (const chunk of received) {
    const found: (Message | CopyPiece)[] = []
    let bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    for (;;) {
      if (copying > 0) {
        if (bytes.length === 0) break
        const piece = bytes.subarray(0, copying)
        copying -= piece.length
        bytes = bytes.subarray(piece.length)
        found.push({ type: 'd', first: false, bytes: piece })
        continue
      }
      if (bytes.length < headerBytes) break
      const type = String.fromCharCode(bytes[0] ?? 0)
      const bodyBytes = bytes.readUInt32BE(1) - 4
      const needed = headerBytes + (type === 'd' ? Math.min(bodyBytes, firstPieceBytes) : bodyBytes)
      if (bytes.length < needed) break
      const body = bytes.subarray(headerBytes, headerBytes + bodyBytes)
      bytes = bytes.subarray(headerBytes + body.length)
      if (type === 'd') {
        copying = bodyBytes - body.length
        found.push({ type, first: true, bytes: body })
      } else found.push({ type, body })
    }
    // What is received may lie in a buffer that is read into again.
    yield found
    held = Buffer.from(bytes)
  }
}

/** Texts of a DataRow (`D`); null for SQL's null. */
export function parseRow(body: Buffer): (string | null)[] {
  const values: (string | null)[] = []
  let at = 2
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at)
    at += 4
    values.push(length === -1 ? null : body.toString('utf8', at, at + length))
    at += Math.max(length, 0)
  }
  return values
}

/** Code (SQLSTATE) and message of an ErrorResponse (`E`). */
export function parseError(body: Buffer): { readonly code: string; readonly message: string } {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  )
  return { code: fields.get('C') ?? '', message: fields.get('M') ?? '' }
}

/** A simple query. */
export function queryMessage(text: string): Buffer {
  const body = Buffer.from(`${text}\0`)
  const message = Buffer.alloc(headerBytes + body.length)
  message.write('Q', 0, 'latin1')
  message.writeUInt32BE(4 + body.length, 1)
  body.copy(message, headerBytes)
  return message
}

/** PostgreSQL counts microseconds since 2000. */
const epoch2000 = 946_684_800_000

/** Standby status update (`r`): what is written, flushed and applied, and an answer is asked for. */
export function statusMessage(written: number, flushed: number, now: number): Buffer {
  const message = Buffer.alloc(headerBytes + 34)
  message.write('d', 0, 'latin1')
  message.writeUInt32BE(4 + 34, 1)
  message.write('r', 5, 'latin1')
  message.writeBigUInt64BE(BigInt(written), 6)
  message.writeBigUInt64BE(BigInt(flushed), 14)
  message.writeBigUInt64BE(BigInt(flushed), 22)
  message.writeBigInt64BE(BigInt(now - epoch2000) * 1000n, 30)
  message[38] = 1
  return message
}

export const copyDoneMessage: Buffer = Buffer.from([0x63, 0, 0, 0, 4])

/** What the server streams of its log: a piece of it (`w`), or how far it has come (`k`). */
export type WalMessage =
  | { readonly kind: 'data'; readonly lsn: number; readonly bytes: Buffer }
  | { readonly kind: 'more'; readonly bytes: Buffer }
  | { readonly kind: 'alive'; readonly end: number }

const walHeaderBytes = 25

/** XLogData and primary keepalive, from the pieces of CopyData messages. */
export function parseWal({ first, bytes }: CopyPiece): WalMessage {
  if (!first) return { kind: 'more', bytes }
  const lsn = Number(bytes.readBigUInt64BE(1))
  if (bytes[0] === 0x6b) return { kind: 'alive', end: lsn }
  return { kind: 'data', lsn, bytes: bytes.subarray(walHeaderBytes) }
}
