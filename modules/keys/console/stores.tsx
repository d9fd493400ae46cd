import type { KeyStore, KeyStores } from '@hevd/keys/contract'
import {
  Ago,
  Button,
  type Column,
  call,
  Day,
  EmptyState,
  Fault,
  Loaded,
  Page,
  Table,
  useAction,
  useMayChange,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useState } from 'react'
import { KeyFilesFound } from './key-files.tsx'
import { KeysTabs } from './keys-tabs.tsx'
import { storeKindWords } from './store-words.ts'

const StoreDialog = lazy(() => import('./store-dialog.tsx'))

const text = words({
  title: { nb: 'Andre nøkkellagre', en: 'Key stores elsewhere' },
  lead: {
    nb: 'Nøkler som ikke ligger i hvelvet: hos skyleverandøren, i andre hvelv, i filer. Også de teller når policyen sier at nøkler er begrenset.',
    en: 'Keys that are not in the vault: at the cloud provider, in other vaults, in files. They count too when the policy says that keys are restricted.',
  },
  add: { nb: 'Legg til', en: 'Add' },
  name: { nb: 'Navn', en: 'Name' },
  place: { nb: 'Sted', en: 'Place' },
  reach: { nb: 'Hvem når nøklene', en: 'Who can reach the keys' },
  untold: { nb: 'ikke oppgitt', en: 'not told' },
  nobody: { nb: 'ingen', en: 'nobody' },
  rotated: { nb: 'Rotert', en: 'Rotated' },
  told: { nb: 'Oppgitt', en: 'Told' },
  change: { nb: 'Endre', en: 'Change' },
  none: { nb: 'Ingen andre nøkkellagre er ført opp', en: 'No other key store is entered' },
  noneWhy: {
    nb: 'Legg inn dem dere har. Har dere ingen, bekreft det, ellers vet ikke policyen om bildet er helt.',
    en: 'Enter those you have. If there are none, confirm it, or the policy does not know whether this is all.',
  },
  confirm: { nb: 'Bekreft at dette er alle', en: 'Confirm that these are all' },
  confirmed: { nb: 'Bekreftet som alle', en: 'Confirmed as all' },
  by: { nb: 'av', en: 'by' },
  unconfirmed: {
    nb: 'Ingen har bekreftet at dette er alle. Så lenge er kontrollen ukjent.',
    en: 'Nobody has confirmed that these are all. Until then the control is unknown.',
  },
  done: { nb: 'Bekreftelsen er ført.', en: 'The confirmation was recorded.' },
})

/** The register of keys that live elsewhere, and whether somebody has said that it is complete. */
export default function Stores() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [edited, setEdited] = useState<KeyStore | null>(null)
  const register = useResource<KeyStores>('/api/key-stores')
  const columns = useColumns(mayChange ? setEdited : null)
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        mayChange && (
          <Button weight="main" onClick={() => change({ add: 'yes' })}>
            {said.add}
          </Button>
        )
      }
    >
      <KeysTabs />
      <Loaded of={register} lines={6}>
        {({ stores, confirmed }) => (
          <>
            <Complete confirmed={confirmed} />
            {stores.length === 0 ? (
              <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
            ) : (
              <Table label={said.title} columns={columns} rows={stores} rowKey={({ id }) => id} />
            )}
          </>
        )}
      </Loaded>
      <KeyFilesFound />
      <Suspense>
        {query.get('add') === 'yes' && mayChange && (
          <StoreDialog store={null} onClose={() => change({ add: null })} />
        )}
        {edited !== null && <StoreDialog store={edited} onClose={() => setEdited(null)} />}
      </Suspense>
    </Page>
  )
}

function Complete({ confirmed }: Pick<KeyStores, 'confirmed'>) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const confirming = useAction({
    call: () => call<unknown>('POST', '/api/key-stores/confirm'),
    refreshes: ['/api/key-stores', '/api/policy', '/api/findings', '/api/controls'],
    done: text.done,
  })
  return (
    <div className="mb-6">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <p className={confirmed === null ? 'border-unknown border-l-2 pl-3' : 'text-ink-2'}>
          {confirmed === null ? (
            said.unconfirmed
          ) : (
            <>
              {said.confirmed} <Ago at={confirmed.at} /> {said.by} {confirmed.by.name}
            </>
          )}
        </p>
        {mayChange && (
          <Button running={confirming.running} onClick={() => void confirming.run(undefined)}>
            {said.confirm}
          </Button>
        )}
      </div>
      <Fault problem={confirming.problem} />
    </div>
  )
}

function useColumns(onEdit: ((store: KeyStore) => void) | null): readonly Column<KeyStore>[] {
  const said = useWords(text)
  const kinds = useWords(storeKindWords)
  return [
    {
      key: 'name',
      head: said.name,
      width: '1.6fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ name, kind }) => (
        <>
          <span className="font-medium">{name}</span>
          <span className="block text-ink-2 text-sm">{kinds[kind]}</span>
        </>
      ),
    },
    {
      key: 'place',
      head: said.place,
      width: '1.6fr',
      sort: ({ place }) => place,
      cell: ({ place }) => <span className="break-all">{place}</span>,
    },
    {
      key: 'reach',
      head: said.reach,
      width: '1.8fr',
      cell: ({ reachedBy }) =>
        reachedBy === null ? (
          <span className="text-unknown">{said.untold}</span>
        ) : reachedBy.length === 0 ? (
          said.nobody
        ) : (
          reachedBy.join(', ')
        ),
    },
    {
      key: 'rotated',
      head: said.rotated,
      sort: ({ rotatedOn }) => rotatedOn ?? '',
      cell: ({ rotatedOn }) =>
        rotatedOn === null ? <span className="text-unknown">{said.untold}</span> : <Day date={rotatedOn} />,
    },
    {
      key: 'told',
      head: said.told,
      sort: ({ changedAt }) => changedAt,
      cell: ({ changedAt, changedBy }) => (
        <>
          <Ago at={changedAt} />
          <span className="block text-ink-2 text-sm">{changedBy.name}</span>
        </>
      ),
    },
    ...(onEdit === null
      ? []
      : [
          {
            key: 'change',
            head: said.change,
            width: '5rem',
            narrow: 'lead' as const,
            cell: (store: KeyStore) => (
              <Button
                weight="quiet"
                className="min-h-6 py-0"
                aria-label={`${said.change}: ${store.name}`}
                onClick={() => onEdit(store)}
              >
                {said.change}
              </Button>
            ),
          },
        ]),
  ]
}
