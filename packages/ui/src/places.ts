/** Addresses of the console's pages: one place, so that a link cannot miss. */
export const places = {
  policy: '/',
  control: (id: string) => `/controls/${encodeURIComponent(id)}`,
  subject: (kind: string, id: string) => `/subject?${new URLSearchParams({ kind, id })}`,
  findings: (filter: { readonly [name: string]: string } = {}) => {
    const query = new URLSearchParams(filter).toString()
    return query === '' ? '/findings' : `/findings?${query}`
  },
  evidence: (test: string, subject: string) => `/evidence?${new URLSearchParams({ test, subject })}`,
  exceptions: '/exceptions',
  asked: '/asked',
  people: '/people',
  importPeople: '/people/import',
  services: '/services',
  accountOwners: '/account-owners',
  hosts: '/hosts',
  feeds: '/feeds',
  ledger: '/ledger',
  publicLedger: '/ledger?log=public',
  entry: (log: string, index: number) => `/ledger/${log}/${index}`,
  accounts: '/accounts',
  shown: '/public',
  signIn: '/sign-in',
} as const
