import { type Instant, milliseconds } from '@hevd/core'
import type { Principal } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { skewOf } from '../domain/versions.ts'
import { HostsError } from '../errors.ts'
import type { AgentsContext } from './context.ts'
import { type CertificateRow, certificateByFingerprint, noteUse, supersedeOlder } from './store.ts'

/** What a request on the agents' listener shows of who asks. */
export type Shown = {
  /** SHA-256 of the client certificate in DER, whose key TLS has seen in use. */
  readonly fingerprint: Buffer
  /** Whether it asks for a renewal, which an expired certificate may do for a while. */
  readonly renewing: boolean
  /** Protocol and version that the agent tells; null when it does not. */
  readonly protocol: number | null
  readonly version: string | null
  /** A UUID that the agent's process made when it began; null when it does not tell. */
  readonly run: string | null
}

/**
 * The agent behind a certificate; null when we did not issue it. One indexed look-up for each request, so that revoking
 * works at once. Throws `certificate-revoked`, `certificate-superseded`, `certificate-expired`, `agent-too-old` and
 * `agent-too-new`.
 */
export function authenticateCertificate(
  context: AgentsContext,
  organisation: string,
  shown: Shown,
): Promise<Principal | null> {
  const { db, clock, config, record } = context
  return db.transaction(organisation, async (tx) => {
    const row = await certificateByFingerprint(tx, organisation, shown.fingerprint)
    if (row === undefined) return null
    const now = clock.now()
    if (row.revoked_at !== null) throw new HostsError('certificate-revoked')
    if (row.superseded_at !== null) throw new HostsError('certificate-superseded')
    const end = row.not_after + (shown.renewing ? milliseconds(config.certificateGrace) : 0)
    if (now >= end) throw new HostsError('certificate-expired')
    refuseSkew(context, shown)
    // Renewing proves nothing of a newer certificate's arrival, so it counts as no use.
    if (!shown.renewing && (await noted(tx, row, shown, now)))
      await record(tx, organisation, 'agent-shared', { host: row.host, serial: row.serial })
    return { kind: 'agent', id: row.agent, host: row.host }
  })
}

/** Throws `agent-too-old` and `agent-too-new`, naming both versions, where they are more than one release apart. */
export function refuseSkew(
  { config, version: ours }: AgentsContext,
  { protocol, version }: Pick<Shown, 'protocol' | 'version'>,
): void {
  const skew = skewOf(protocol ?? 1, config.protocol)
  if (skew !== 'none') throw new HostsError(skew, `agent ${version ?? '?'}, Hevd ${ours}`)
}

/** Crossings after which two processes are sure to run side by side: one alone could be a request that came late. */
const sureAfter = 2

/** Writes what is new of a certificate's use; whether it is now known that two agents share it. */
async function noted(tx: Tx, row: CertificateRow, { version, run }: Shown, now: Instant): Promise<boolean> {
  const isFirst = row.used_at === null
  const sameRun = run === null || run === row.run
  if (!isFirst && sameRun && version === row.version) return false
  const crossings = row.crossings + Number(!sameRun && run === row.run_before)
  const becomesShared = row.shared_at === null && crossings >= sureAfter
  await noteUse(tx, row, {
    version,
    run: run ?? row.run,
    run_before: sameRun ? row.run_before : row.run,
    crossings,
    used_at: row.used_at ?? now,
    shared_at: becomesShared ? now : row.shared_at,
  })
  if (isFirst) await supersedeOlder(tx, row, now)
  return becomesShared
}
