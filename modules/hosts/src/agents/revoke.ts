import { HostsError } from '../errors.ts'
import { lockHost } from '../store.ts'
import type { AgentsContext } from './context.ts'
import { revokeCertificates } from './store.ts'

/**
 * Revokes every certificate of a host's agent: its next request is refused, its connections end. The host stays
 * declared, and what it last said stays until its silence is judged. Throws `no-agent` where there is none to revoke.
 *
 * @param by the administrator; null where the agent itself leaves
 */
export async function revokeAgent(
  { db, clock, record, revoked }: AgentsContext,
  organisation: string,
  host: string,
  by: string | null,
): Promise<void> {
  const gone = await db.transaction(organisation, async (tx) => {
    await lockHost(tx, organisation, host)
    const why = by === null ? 'left' : 'administrator'
    const certificates = await revokeCertificates(tx, organisation, host, why, clock.now())
    if (certificates.length === 0) throw new HostsError('no-agent')
    const serials = certificates.map(({ serial }) => serial)
    await record(
      tx,
      organisation,
      by === null ? 'agent-left' : 'agent-revoked',
      by === null ? { host, revoked: serials } : { host, revoked: serials, by },
    )
    return certificates
  })
  revoked(gone.map(({ fingerprint }) => fingerprint))
}
