import { expect, test } from 'vitest'
import { ownRoles } from './own-roles.ts'

test('Hevd’s own superuser is named on its own server, as the agent on this host names that', () => {
  const url = 'postgresql://hevd_observer:x@%2Fvar%2Flib%2Fhevd%2Fpostgres%2Frun:5432/postgres'
  expect(ownRoles(url, { id: 'h1' })).toEqual([
    {
      server: 'h1/var/lib/hevd/postgres/run/.s.PGSQL.5432',
      role: 'hevd_admin',
      privilege: 'superuser',
    },
  ])
  expect(ownRoles(null, { id: 'h1' })).toEqual([])
  expect(ownRoles(url, null)).toEqual([])
})
