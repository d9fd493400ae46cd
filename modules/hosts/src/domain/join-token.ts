import { newToken } from './token.ts'

const prefix = 'hevd_join_'

/**
 * A token to join by, as a person copies it: what only it knows, and the SHA-256 of the authority's public key, so that
 * the agent recognises its server before it says anything. The prefix lets secret scanners find one that was left about.
 */
export function newJoinToken(authorityKeyHash: Buffer): string {
  const secret = Buffer.from(newToken(), 'base64url')
  return prefix + Buffer.concat([secret, authorityKeyHash]).toString('base64url')
}
