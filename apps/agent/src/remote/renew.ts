import { z } from 'zod'
import { hostClock } from '../clock.ts'
import { reasonOf } from './authority.ts'
import { caller, problemIn } from './call.ts'
import { newKey, publicKeyOf, signedRenewal } from './key.ts'
import { fingerprintOf, isOfKey, type Membership, readMembership, writeMembership } from './membership.ts'

const renewed = z.object({ certificate: z.string(), authority: z.string() })

/** What came of one attempt. */
export type Renewal =
  | { readonly kind: 'renewed'; readonly membership: Membership }
  | { readonly kind: 'failed'; readonly why: string }

/**
 * A new certificate for a new key; it expired or not, if it was not revoked. What was before stays good until the new
 * one is used, so that nothing is lost with an answer. Never throws for what a server or the network does.
 */
export async function renewMembership(
  folder: string,
  membership: Membership,
  run: string,
  signal: AbortSignal,
): Promise<Renewal> {
  const key = newKey()
  const fingerprint = fingerprintOf(membership)
  const call = caller(membership, run, signal)
  try {
    const answer = await call.post('/api/agent/renewal', {
      publicKey: publicKeyOf(key),
      signature: signedRenewal(key, fingerprint),
    })
    const { data } = renewed.safeParse(answer.body)
    if (answer.status !== 200 || data === undefined)
      return { kind: 'failed', why: problemIn(answer)?.code ?? `HTTP ${answer.status}` }
    if (!isOfKey(data.certificate, key)) return { kind: 'failed', why: 'a certificate of another key' }
    const now = readMembership(folder)
    // It joined anew, or left, meanwhile: that stands.
    if (now === null || fingerprintOf(now) !== fingerprint) return { kind: 'failed', why: 'joined-anew' }
    const next = { ...membership, ...data, key, receivedAt: hostClock.now() }
    writeMembership(folder, next)
    return { kind: 'renewed', membership: next }
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error) }
  } finally {
    call.close()
  }
}
