import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { ArchiveError } from '../errors.ts'

/** A private key and what is encrypted to. */
export type KeyPair = { readonly identity: string; readonly recipient: string }

/** A new X25519 key: `AGE-SECRET-KEY-1…` and `age1…`. */
export async function generateKey(): Promise<KeyPair> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** Throws `identity-not-valid`. */
export async function recipientOf(identity: string): Promise<string> {
  try {
    return await identityToRecipient(identity)
  } catch {
    throw new ArchiveError('identity-not-valid')
  }
}

/**
 * The identities of a key file as age-keygen writes it: one a line, `#` before a remark. Throws `identity-not-valid`
 * where there is none, or a line is something else.
 */
export function parseIdentities(text: string): readonly string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (lines.length === 0 || !lines.every((line) => /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/.test(line)))
    throw new ArchiveError('identity-not-valid')
  return lines
}
