import type { OwnRole } from '@hevd/access'

/**
 * Privileged roles of a database that Hevd keeps itself, as the agent on this host sees them. `hevd_admin` belongs to the
 * supervisor, `hevd_backup` to the backups of this database (packages/postgres).
 *
 * @param observerUrl how the agent looks at that database: its socket's folder and port; null where it is not ours
 */
export function ownRoles(observerUrl: string | null, host: { readonly id: string } | null): OwnRole[] {
  if (observerUrl === null || host === null) return []
  const { hostname, port } = new URL(observerUrl)
  const server = `${host.id}${decodeURIComponent(hostname)}/.s.PGSQL.${port}`
  const backup = ['replication', 'bypassRls', 'pg_read_all_data'].map((privilege) => ({
    role: 'hevd_backup',
    privilege,
  }))
  return [{ role: 'hevd_admin', privilege: 'superuser' }, ...backup].map((own) => ({ server, ...own }))
}
