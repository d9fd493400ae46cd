import { createPrivateKey, X509Certificate } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AgentError } from '../errors.ts'
import { readPrivate, writePrivate } from './private-file.ts'

const membership = z.object({
  /** Where the server's listener for agents is. */
  server: z.string(),
  organisation: z.string(),
  host: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  joinedAt: z.number(),
  /** Whether the host had an agent before. */
  rejoined: z.boolean(),
  /** When this certificate came, by this host's clock. */
  receivedAt: z.number(),
  /** PEM: private key, its certificate, and the authority that both sides are known by. */
  key: z.string(),
  certificate: z.string(),
  authority: z.string(),
})

/** What a host has joined, with its key: one file, so that key and certificate always belong together. */
export type Membership = z.infer<typeof membership>

const pathIn = (folder: string) => join(folder, 'membership.json')

/** Null where this host has joined nothing. Throws AgentError `membership-damaged` and `key-readable`. */
export function readMembership(folder: string): Membership | null {
  const path = pathIn(folder)
  const text = readPrivate(path)
  if (text === null) return null
  try {
    const read = membership.parse(JSON.parse(text))
    new X509Certificate(read.certificate)
    return read
  } catch {
    throw new AgentError('membership-damaged', { path })
  }
}

export function writeMembership(folder: string, joined: Membership): void {
  writePrivate(pathIn(folder), `${JSON.stringify(joined, null, 2)}\n`)
}

/** Removes the key and the certificate. What the spool holds stays. */
export function forgetMembership(folder: string): void {
  rmSync(pathIn(folder), { force: true })
}

/** Whether a certificate is of this private key: what was answered is kept only then. */
export function isOfKey(certificate: string, key: string): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

/** SHA-256 of the certificate in DER, hex: what the server knows it by. */
export function fingerprintOf({ certificate }: Pick<Membership, 'certificate'>): string {
  return new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
}

/** When the certificate ends, and when it is renewed: after two thirds of the time it had when it came. */
export function timesOf({ certificate, receivedAt }: Pick<Membership, 'certificate' | 'receivedAt'>): {
  readonly ends: number
  readonly renews: number
} {
  const ends = new X509Certificate(certificate).validToDate.getTime()
  return { ends, renews: receivedAt + ((ends - receivedAt) * 2) / 3 }
}
