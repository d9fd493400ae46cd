import type { AccountOwner } from '@hevd/people/contract'
import {
  Choices,
  type Column,
  EmptyState,
  Page,
  PagedTable,
  SearchBox,
  useMayChange,
  usePages,
  useQueryText,
  useWords,
  When,
  Who,
  words,
} from '@hevd/ui'
import { useCallback } from 'react'
import { RegisterTabs } from './register-tabs.tsx'
import { SayOwner } from './say-owner.tsx'

const text = words({
  title: { nb: 'Hvem eier kontoene', en: 'Whose the accounts are' },
  lead: {
    nb: 'Kontoene er observert; hvem de tilhører, er oppgitt av noen. Begge deler vises for det de er.',
    en: 'The accounts are observed; whose they are is declared by somebody. Each is shown for what it is.',
  },
  show: { nb: 'Vis', en: 'Show' },
  missing: { nb: 'Uten eier', en: 'Without an owner' },
  all: { nb: 'Alle', en: 'All' },
  search: { nb: 'Søk etter konto', en: 'Search for an account' },
  account: { nb: 'Konto', en: 'Account' },
  place: { nb: 'Hvor', en: 'Where' },
  owner: { nb: 'Eier, oppgitt', en: 'Owner, declared' },
  saidBy: { nb: 'oppgitt av', en: 'declared by' },
  nobody: { nb: 'ingen oppgitt', en: 'nobody declared' },
  allOwned: { nb: 'Alle kontoer har en eier', en: 'Every account has an owner' },
  none: { nb: 'Ingen kontoer svarer til dette', en: 'No account answers to this' },
})

/** Accounts seen on the systems, and whose they are said to be; those without an owner first. */
export default function AccountOwners() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const show = query.get('show') === 'all' ? 'all' : 'missing'
  const q = query.get('q') ?? ''
  const asked = new URLSearchParams({ show, limit: '100', ...(q === '' ? {} : { q }) })
  const pages = usePages<AccountOwner>(`/api/account-owners?${asked}`)
  const search = useCallback((typed: string) => change({ q: typed }), [change])
  const columns: readonly Column<AccountOwner>[] = [
    {
      key: 'account',
      head: said.account,
      width: '1.4fr',
      narrow: 'lead',
      cell: ({ label }) => <span className="break-all font-medium">{label}</span>,
    },
    {
      key: 'place',
      head: said.place,
      width: '1.2fr',
      cell: ({ place }) => <span className="text-ink-2">{place}</span>,
    },
    {
      key: 'owner',
      head: said.owner,
      width: '2fr',
      narrow: 'lead',
      cell: (account) => (
        <>
          {mayChange ? (
            <SayOwner account={account} />
          ) : (
            (account.owner?.name ?? <span className="text-ink-2">{said.nobody}</span>)
          )}
          {account.saidBy !== null && account.saidAt !== null && (
            <span className="block text-ink-3 text-sm">
              {said.saidBy} <Who id={account.saidBy.id} name={account.saidBy.name} />{' '}
              <When at={account.saidAt} />
            </span>
          )}
        </>
      ),
    },
  ]
  return (
    <Page title={said.title} lead={said.lead}>
      <RegisterTabs />
      <div className="mb-6 flex flex-wrap items-center gap-3">
        <SearchBox label={said.search} value={q} onSearch={search} />
        <Choices
          label={said.show}
          value={show}
          options={[
            { value: 'missing', label: said.missing },
            { value: 'all', label: said.all },
          ]}
          onChoose={(value) => change({ show: value === 'all' ? 'all' : null })}
        />
      </div>
      <PagedTable
        label={said.title}
        columns={columns}
        pages={pages}
        rowKey={({ account }) => account}
        empty={<EmptyState title={show === 'missing' && q === '' ? said.allOwned : said.none} />}
      />
    </Page>
  )
}
