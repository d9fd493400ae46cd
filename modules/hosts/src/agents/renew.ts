import { milliseconds } from '@hevd/core'
import type { Renewed, Renewing } from '../contract.ts'
import { isSignedBy, publicKeyOf, renewalStatement } from '../domain/possession.ts'
import { HostsError } from '../errors.ts'
import { lockHost } from '../store.ts'
import type { AgentsContext } from './context.ts'
import { certificateByFingerprint, insertCertificate } from './store.ts'

/**
 * A new certificate for a new key of the agent that shows `fingerprint`. The old one stays good until the new one is
 * first used, so that a lost answer locks nobody out. Throws `not-proven` and what `authenticateCertificate` does.
 */
export async function renewCertificate(
  { db, clock, config, record, authority }: AgentsContext,
  organisation: string,
  fingerprint: Buffer,
  { publicKey, signature }: Renewing,
): Promise<Renewed> {
  const key = publicKeyOf(publicKey)
  const statement = renewalStatement(publicKey, fingerprint.toString('hex'))
  if (key === null || !isSignedBy(key.key, statement, signature)) throw new HostsError('not-proven')
  const ours = authority(organisation)
  const now = clock.now()
  return db.transaction(organisation, async (tx) => {
    const known = await certificateByFingerprint(tx, organisation, fingerprint)
    if (known === undefined) throw new HostsError('no-agent')
    await lockHost(tx, organisation, known.host)
    // Read again under the lock: it may have been revoked since.
    const before = await certificateByFingerprint(tx, organisation, fingerprint)
    if (before === undefined || before.revoked_at !== null) throw new HostsError('certificate-revoked')
    const { serial, ...issued } = await ours.issueClient({
      publicKey: key.der,
      organisation,
      host: before.host,
      from: now,
      until: now + milliseconds(config.certificateLife),
    })
    await insertCertificate(tx, {
      organisation,
      serial,
      host: before.host,
      agent: before.agent,
      fingerprint: issued.fingerprint,
      key_hash: key.hash,
      pem: issued.pem,
      issued_at: now,
      not_after: issued.notAfter,
    })
    await record(tx, organisation, 'agent-certificate-renewed', {
      host: before.host,
      serial,
      before: before.serial,
    })
    return { certificate: issued.pem, authority: ours.pem }
  })
}
