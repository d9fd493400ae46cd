import type { Key } from '@hevd/keys/contract'
import {
  Ago,
  Button,
  type Column,
  EmptyState,
  Link,
  Loaded,
  numeral,
  Page,
  places,
  SearchBox,
  Table,
  useLocale,
  useMayChange,
  useQueryText,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useCallback } from 'react'
import { typeWords } from './key-words.ts'
import { KeysTabs } from './keys-tabs.tsx'
import { RotatesBy } from './rotates-by.tsx'
import { useRootKey, VaultState } from './vault-state.tsx'

const MakeKey = lazy(() => import('./make-key.tsx'))

const text = words({
  title: { nb: 'Nøkler', en: 'Keys' },
  lead: {
    nb: 'Nøklene i hvelvet. De forlater det ikke; den som har en tildeling, får bruke dem.',
    en: 'The keys in the vault. They do not leave it; whoever has a grant may use them.',
  },
  make: { nb: 'Lag en nøkkel', en: 'Make a key' },
  search: { nb: 'Søk etter navn', en: 'Search names' },
  name: { nb: 'Navn', en: 'Name' },
  version: { nb: 'Versjon', en: 'Version' },
  rotated: { nb: 'Rotert', en: 'Rotated' },
  holders: { nb: 'Kan brukes av', en: 'Can be used by' },
  nobody: { nb: 'ingen', en: 'nobody' },
  used: { nb: 'Sist brukt', en: 'Last used' },
  never: { nb: 'aldri', en: 'never' },
  exportable: { nb: 'kan tas ut', en: 'can be taken out' },
  exportAsked: { nb: 'noen ber om å få ta den ut', en: 'somebody asks to take it out' },
  deleted: { nb: 'Slettes for godt', en: 'Destroyed' },
  none: { nb: 'Ingen nøkler ennå', en: 'No keys yet' },
  noneWhy: {
    nb: 'Lag en for hvert formål, for eksempel én per applikasjon. Da kan hver tildeling være smal.',
    en: 'Make one for each purpose, such as one for each application. Then every grant can be narrow.',
  },
  noneYet: {
    nb: 'De kan lages når hvelvet er tatt i bruk.',
    en: 'They can be made once the vault is set up.',
  },
  notFound: { nb: 'Ingen svarer til søket', en: 'Nothing answers to the search' },
})

/** Every key of the vault: what it is, how old, who can use it, and when it was last used. */
export default function Keys() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const keys = useResource<readonly Key[]>('/api/keys')
  const open = useRootKey().data?.state === 'unsealed'
  const columns = useColumns()
  const q = query.get('q') ?? ''
  const search = useCallback((typed: string) => change({ q: typed }), [change])
  const mayMake = mayChange && open
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        mayMake && (
          <Button weight="main" onClick={() => change({ make: 'yes' })}>
            {said.make}
          </Button>
        )
      }
    >
      <KeysTabs />
      <VaultState />
      <Loaded of={keys} lines={6}>
        {(all) => {
          if (all.length === 0)
            return <EmptyState title={said.none}>{open ? said.noneWhy : said.noneYet}</EmptyState>
          const found = all.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()))
          return (
            <>
              <div className="mb-6 flex max-w-md">
                <SearchBox label={said.search} value={q} onSearch={search} />
              </div>
              {found.length === 0 ? (
                <EmptyState title={said.notFound} />
              ) : (
                <Table label={said.title} columns={columns} rows={found} rowKey={({ id }) => id} />
              )}
            </>
          )
        }}
      </Loaded>
      <Suspense>
        {query.get('make') === 'yes' && mayMake && <MakeKey onClose={() => change({ make: null })} />}
      </Suspense>
    </Page>
  )
}

function useColumns(): readonly Column<Key>[] {
  const said = useWords(text)
  const locale = useLocale()
  return [
    {
      key: 'name',
      head: said.name,
      width: '2.4fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: (key) => (
        <>
          <Link to={places.key(key.name)} className="break-all font-medium hover:text-accent">
            {key.name}
          </Link>
          <span className="block text-ink-2 text-sm">
            {typeWords[key.type]}
            {key.exportable && ` · ${said.exportable}`}
            {key.exportAsked !== null && ` · ${said.exportAsked}`}
          </span>
          {key.destroysAt !== null && (
            <span className="block text-fails text-sm">
              {said.deleted} <When at={key.destroysAt} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'version',
      head: said.version,
      width: '5rem',
      sort: ({ version }) => version,
      cell: ({ version }) => numeral(version, locale),
    },
    {
      key: 'rotated',
      head: said.rotated,
      width: '1.4fr',
      sort: ({ rotatedAt }) => rotatedAt,
      cell: (key) => (
        <>
          <Ago at={key.rotatedAt} />
          <RotatesBy of={key} />
        </>
      ),
    },
    {
      key: 'holders',
      head: said.holders,
      width: '8rem',
      sort: ({ holders }) => holders,
      cell: ({ holders }) => (holders === 0 ? said.nobody : numeral(holders, locale)),
    },
    {
      key: 'used',
      head: said.used,
      sort: ({ lastUsedAt }) => lastUsedAt ?? 0,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-2">{said.never}</span> : <Ago at={lastUsedAt} />,
    },
  ]
}
