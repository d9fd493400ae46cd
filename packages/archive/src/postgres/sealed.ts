import type { Bytes } from '../age/chunks.ts'
import { decrypt, encrypt } from '../age/stream.ts'
import { ArchiveError } from '../errors.ts'
import { compress, decompress } from '../zstd.ts'

/** As every file of a backup is: age over zstd. @param done as `compress` has it */
export const sealed = (
  recipients: readonly string[],
  content: Bytes,
  done?: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> => encrypt(recipients, compress(content, done))

/** What {@link sealed} was made of. Throws as `decrypt` does. @param name what errors call the file */
export async function* unsealed(
  identities: readonly string[],
  file: Bytes,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* decompress(decrypt(identities, file, name))
  } catch (error) {
    const isZlib = error instanceof Error && 'code' in error && /^(ZSTD_|Z_)/.test(String(error.code))
    throw isZlib ? new ArchiveError('file-damaged', { file: name }, error) : error
  }
}
