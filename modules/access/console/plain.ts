import type { AccessGrant, ListedGrant } from '@hevd/access/contract'

/** A listed grant as it is entered; null for one that comes with Hevd. */
export function plain(grant: ListedGrant): AccessGrant | null {
  const { id, holderKind, holder, kind, place, privilege, need, approvedBy, from, until } = grant
  if (holderKind === 'account' || approvedBy === null || until === null) return null
  return { id, holderKind, holder, kind, place, privilege, need, approvedBy, from, until }
}

/** What a change of the register makes old. */
export const refreshes = ['/api/access', '/api/policy', '/api/findings', '/api/controls']
