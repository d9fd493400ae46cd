import type { Instant } from '@hevd/core'
import type { AgentCertificate } from '../contract.ts'
import type { CertificateRow, CurrentCertificate } from './store.ts'

/** A certificate as people see it. */
export function certificateView(row: CurrentCertificate, now: Instant): AgentCertificate {
  return {
    serial: row.serial,
    state: stateOf(row, now),
    issuedAt: row.issued_at,
    notAfter: row.not_after,
    revokedAt: row.revoked_at,
    revokedFor: row.revoked_for,
    rejoinedAt: row.joined_before ? row.joined_at : null,
    sharedAt: row.shared_at,
    version: row.version,
  }
}

function stateOf(
  { revoked_at, not_after, used_at }: CertificateRow,
  now: Instant,
): AgentCertificate['state'] {
  if (revoked_at !== null) return 'revoked'
  if (not_after <= now) return 'expired'
  return used_at === null ? 'waiting' : 'good'
}
