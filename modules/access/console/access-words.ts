import { words } from '@hevd/ui'

export const kindWords = words({
  postgres: { nb: 'Database', en: 'Database' },
  firewall: { nb: 'Brannmur', en: 'Firewall' },
  other: { nb: 'Annet', en: 'Other' },
})

/** Privileges that are no role's name; a role is called by its own. */
export const privilegeWords = words({
  superuser: { nb: 'superbruker', en: 'superuser' },
  createRole: { nb: 'lage roller', en: 'create roles' },
  replication: { nb: 'replikere', en: 'replicate' },
  bypassRls: { nb: 'omgå radsikkerhet', en: 'bypass row security' },
})

const named: readonly string[] = ['superuser', 'createRole', 'replication', 'bypassRls']

export function privilegeCalled(
  privilege: string,
  said: { readonly [Name in 'superuser' | 'createRole' | 'replication' | 'bypassRls']: string },
): string {
  const known = Object.entries(said).find(([name]) => name === privilege && named.includes(name))
  return known?.[1] ?? privilege
}
