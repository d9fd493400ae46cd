/** Addresses of the console's pages: one place, so that a link cannot miss. */
export const places = {
  policy: '/',
  control: (id: string) => `/controls/${encodeURIComponent(id)}`,
  /** Where a control is changed beside its text. @param draft the draft that takes the change up */
  changeControl: (id: string, draft?: string) =>
    `/controls/${encodeURIComponent(id)}/change${draft === undefined ? '' : `?${new URLSearchParams({ draft })}`}`,
  drafts: '/drafts',
  draft: (id: string) => `/drafts/${encodeURIComponent(id)}`,
  applicability: '/applicability',
  frameworks: '/frameworks',
  policyFile: '/policy-file',
  readPolicy: '/read-policy',
  subject: (kind: string, id: string) => `/subject?${new URLSearchParams({ kind, id })}`,
  findings: (filter: { readonly [name: string]: string } = {}) => {
    const query = new URLSearchParams(filter).toString()
    return query === '' ? '/findings' : `/findings?${query}`
  },
  evidence: (test: string, subject: string) => `/evidence?${new URLSearchParams({ test, subject })}`,
  exceptions: '/exceptions',
  periods: '/periods',
  period: (id: string) => `/periods/${encodeURIComponent(id)}`,
  periodControl: (id: string, control: string) =>
    `/periods/${encodeURIComponent(id)}/controls/${encodeURIComponent(control)}`,
  periodSample: (id: string, test: string) =>
    `/periods/${encodeURIComponent(id)}/sample?${new URLSearchParams({ test })}`,
  asked: '/asked',
  notices: '/notices',
  noticeChannels: '/notices/channels',
  people: '/people',
  importPeople: '/people/import',
  erasures: '/people/erasures',
  services: '/services',
  accountOwners: '/account-owners',
  access: '/access',
  importAccess: '/access/import',
  data: '/data',
  importData: '/data/import',
  hosts: '/hosts',
  importList: '/hosts/import',
  feeds: '/feeds',
  ledger: '/ledger',
  publicLedger: '/ledger?log=public',
  entry: (log: string, index: number) => `/ledger/${log}/${index}`,
  accounts: '/accounts',
  shown: '/public',
  shownOf: (control: string) => `/public#${encodeURIComponent(control)}`,
  signIn: '/sign-in',
} as const
