import type { OwnRole } from '@hevd/access'

/**
 * Privileged roles of a database that Hevd keeps itself, as the agent on this host sees them. `hevd_admin` belongs to the
 * supervisor (packages/postgres).
 *
 * @param observerUrl how the agent looks at that database: its socket's folder and port; null where it is not ours
 */
export function ownRoles(observerUrl: string | null, host: { readonly id: string } | null): OwnRole[] {
  if (observerUrl === null || host === null) return []
  const { hostname, port } = new URL(observerUrl)
  const server = `${host.id}${decodeURIComponent(hostname)}/.s.PGSQL.${port}`
  return [{ server, role: 'hevd_admin', privilege: 'superuser' }]
}
