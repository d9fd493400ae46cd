import { expect, test } from 'vitest'
import { ownRoles } from './own-roles.ts'

test('Hevd’s own privileged roles are named on its own server, as the agent on this host names that', () => {
  const url = 'postgresql://hevd_observer:x@%2Fvar%2Flib%2Fhevd%2Fpostgres%2Frun:5432/postgres'
  const server = 'h1/var/lib/hevd/postgres/run/.s.PGSQL.5432'
  expect(ownRoles(url, { id: 'h1' })).toEqual([
    { server, role: 'hevd_admin', privilege: 'superuser' },
    { server, role: 'hevd_backup', privilege: 'replication' },
    { server, role: 'hevd_backup', privilege: 'bypassRls' },
    { server, role: 'hevd_backup', privilege: 'pg_read_all_data' },
  ])
  expect(ownRoles(null, { id: 'h1' })).toEqual([])
  expect(ownRoles(url, null)).toEqual([])
})
