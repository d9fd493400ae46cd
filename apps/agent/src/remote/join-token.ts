import { AgentError } from '../errors.ts'

/**
 * The SHA-256 of the authority's public key that a join token holds after its secret, so that the server is known before
 * anything is said to it. Throws AgentError `token-not-valid`.
 */
export function pinOf(token: string): Buffer {
  const bytes = Buffer.from(/^hevd_join_([\w-]{86})$/.exec(token)?.[1] ?? '', 'base64url')
  if (bytes.length !== 64) throw new AgentError('token-not-valid')
  return bytes.subarray(32)
}
