import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { ArchiveError } from '../errors.ts'
import { type Bytes, type Chunk, inChunks } from './chunks.ts'
import { fileKeyOf, makeHeader, takeHeader } from './header.ts'

/*
 * The payload of age-encryption.org/v1 (C2SP age, "Payload"): after a nonce of 16 bytes, STREAM with ChaCha20-Poly1305 over
 * pieces of 64 KiB under HKDF-SHA-256(file key, nonce, "payload").
 */

const pieceBytes = 64 * 1024
const tagBytes = 16
/** What is written goes through threads and networks: a MiB at a time. */
const fileBytes = 16 * (pieceBytes + tagBytes)
const nonceBytes = 16
const cipher = 'chacha20-poly1305'
const options = { authTagLength: tagBytes }

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32)))
}

/** Eleven bytes of counter, big endian, and one that is 1 in the last piece. */
function pieceNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(counter, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

/**
 * An age file of the content, to X25519 recipients (`age1…`). Holds a MiB, and takes no more content than it gives file. Throws `recipient-not-valid`.
 */
export async function* encrypt(
  recipients: readonly string[],
  content: Bytes,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { header, fileKey } = await makeHeader(recipients)
  const nonce = randomBytes(nonceBytes)
  const key = payloadKey(fileKey, nonce)
  fileKey.fill(0)
  yield Buffer.concat([header, nonce])
  let counter = 0
  let file = Buffer.allocUnsafeSlow(fileBytes)
  let filled = 0
  for await (const piece of inChunks(content, pieceBytes)) {
    filled += seal(key, counter++, piece, file.subarray(filled))
    if (filled < fileBytes && !piece.last) continue
    yield file.subarray(0, filled)
    if (piece.last) return
    file = Buffer.allocUnsafeSlow(fileBytes)
    filled = 0
  }
}

/** Writes a sealed piece and says how long it is. */
function seal(key: KeyObject, counter: number, { bytes, last }: Chunk, into: Buffer): number {
  const sealing = createCipheriv(cipher, key, pieceNonce(counter, last), options)
  const sealed = sealing.update(bytes)
  sealing.final()
  into.set(sealed)
  into.set(sealing.getAuthTag(), sealed.length)
  const { length, buffer } = sealed
  // Given back at once, where nobody shares it: so much garbage outside the heap has it collected again and again.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0)
  return length + tagBytes
}

/**
 * The content of an age file. What it yields is what was encrypted, so far; only when it ends without throwing is that all.
 * `name` is what errors call the file. Throws `not-age`, `identity-not-valid`, `identity-not-fitting`, `file-damaged` (cut
 * short, changed, or something after its end).
 */
export async function* decrypt(
  identities: readonly string[],
  file: Bytes,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { header, rest } = await takeHeader(file, name)
  const fileKey = await fileKeyOf(header, identities, name).catch(async (error: unknown) => {
    // The file is let go of.
    for await (const _ of rest) break
    throw error
  })
  const damaged = (cause?: unknown) => new ArchiveError('file-damaged', { file: name }, cause)
  let nonce = Buffer.alloc(0)
  let key: KeyObject | undefined
  async function* payload() {
    for await (const bytes of rest) {
      if (key !== undefined) {
        yield bytes
        continue
      }
      nonce = Buffer.concat([nonce, bytes])
      if (nonce.length < nonceBytes) continue
      key = payloadKey(fileKey, nonce.subarray(0, nonceBytes))
      fileKey.fill(0)
      yield nonce.subarray(nonceBytes)
    }
  }
  let counter = 0
  for await (const piece of inChunks(payload(), pieceBytes + tagBytes)) {
    const isEmpty = piece.bytes.length === tagBytes
    if (key === undefined || piece.bytes.length < tagBytes || (isEmpty && counter > 0)) throw damaged()
    yield open(key, counter++, piece, damaged)
  }
}

function open(
  key: KeyObject,
  counter: number,
  { bytes, last }: Chunk,
  damaged: (cause: unknown) => Error,
): Buffer {
  const end = bytes.length - tagBytes
  const opening = createDecipheriv(cipher, key, pieceNonce(counter, last), options)
  opening.setAuthTag(bytes.subarray(end))
  const content = opening.update(bytes.subarray(0, end))
  try {
    opening.final()
  } catch (error) {
    throw damaged(error)
  }
  return content
}
