import { Decrypter, Encrypter } from 'age-encryption'
import { ArchiveError } from '../errors.ts'
import type { Bytes } from './chunks.ts'

const magic = Buffer.from('age-encryption.org/v1\n')
/** Enough for hundreds of recipients; what goes on longer is no header. */
const longestHeader = 128 * 1024

/** True of bytes that begin as an age file does; 22 bytes tell. ASCII armour is not what Hevd writes, and is not one here. */
export function isAge(beginning: Uint8Array): boolean {
  return Buffer.compare(beginning.subarray(0, magic.length), magic) === 0
}

/** How many bytes the header has, its MAC's line included; null where they are not all there. */
function lengthOf(bytes: Buffer): number | null {
  const mac = bytes.indexOf('\n--- ')
  const end = mac === -1 ? -1 : bytes.indexOf('\n', mac + 1)
  return end === -1 ? null : end + 1
}

/** Takes the header off the front of a file. Throws `not-age`, `file-damaged`. */
export async function takeHeader(
  file: Bytes,
  name: string,
): Promise<{ readonly header: Buffer; readonly rest: AsyncIterable<Uint8Array> }> {
  const parts = partsOf(file)
  let seen = Buffer.alloc(0)
  for (;;) {
    const length = isAge(seen) ? lengthOf(seen) : null
    if (length !== null)
      return { header: seen.subarray(0, length), rest: following(seen.subarray(length), parts) }
    if (seen.length >= magic.length && !isAge(seen)) break
    const next = seen.length > longestHeader ? undefined : await parts.next()
    if (next === undefined || next.done === true) {
      if (isAge(seen)) throw new ArchiveError('file-damaged', { file: name })
      break
    }
    seen = Buffer.concat([seen, next.value])
  }
  await parts.return(undefined)
  throw new ArchiveError('not-age', { file: name })
}

async function* partsOf(file: Bytes): AsyncGenerator<Uint8Array, void, undefined> {
  yield* file
}

async function* following(first: Uint8Array, parts: AsyncGenerator<Uint8Array, void, undefined>) {
  try {
    yield first
    yield* parts
  } finally {
    await parts.return(undefined)
  }
}

/** To how many the file is encrypted: the X25519 stanzas of its header (grease and other kinds are not counted). */
export async function countRecipients(file: Bytes, name: string): Promise<number> {
  const { header } = await takeHeader(file, name)
  return header
    .toString('latin1')
    .split('\n')
    .filter((line) => line.startsWith('-> X25519 ')).length
}

/** A header for a new file, and the file's key. Throws `recipient-not-valid`. */
export async function makeHeader(
  recipients: readonly string[],
): Promise<{ readonly header: Uint8Array; readonly fileKey: Uint8Array }> {
  const encrypter = new Encrypter()
  let fileKey: Uint8Array | undefined
  for (const recipient of recipients) addRecipient(encrypter, recipient)
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = Uint8Array.from(key)
      return []
    },
  })
  const empty = Buffer.from(await encrypter.encrypt(new Uint8Array()))
  const length = lengthOf(empty)
  if (length === null || fileKey === undefined || recipients.length === 0)
    throw new ArchiveError('recipient-not-valid', { recipient: recipients.join(' ') })
  return { header: empty.subarray(0, length), fileKey }
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    if (!/^age1[02-9ac-hj-np-z]{58}$/.test(recipient)) throw new RangeError('not X25519')
    encrypter.addRecipient(recipient)
  } catch (error) {
    throw new ArchiveError('recipient-not-valid', { recipient }, error)
  }
}

/** The key of a file by its header. Throws `identity-not-valid`, `identity-not-fitting`, `file-damaged`. */
export async function fileKeyOf(
  header: Uint8Array,
  identities: readonly string[],
  name: string,
): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  for (const identity of identities) addIdentity(decrypter, identity)
  try {
    return await decrypter.decryptHeader(header)
  } catch (error) {
    const fits = !(error instanceof Error && error.message.startsWith('no identity matched'))
    throw new ArchiveError(fits ? 'file-damaged' : 'identity-not-fitting', { file: name }, error)
  }
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    if (!identity.startsWith('AGE-SECRET-KEY-1')) throw new RangeError('not X25519')
    decrypter.addIdentity(identity)
  } catch {
    // The cause might quote the key.
    throw new ArchiveError('identity-not-valid')
  }
}
