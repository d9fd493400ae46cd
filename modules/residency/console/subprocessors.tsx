import { placeInWords } from '@hevd/facts/regions'
import type { ListedSubprocessor } from '@hevd/residency/contract'
import {
  Button,
  type Column,
  Day,
  EmptyState,
  Link,
  Loaded,
  listedWords,
  Page,
  places,
  Table,
  useLocale,
  useMayChange,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useState } from 'react'
import { useOpenColumn } from './register.tsx'
import { ResidencyTabs } from './residency-tabs.tsx'

const SubprocessorDialog = lazy(() => import('./subprocessor-dialog.tsx'))
const Attestations = lazy(() => import('./attestations.tsx'))

const text = words({
  title: { nb: 'Underdatabehandlere', en: 'Subprocessors' },
  lead: {
    nb: 'De som behandler kundenes data for oss, og våre egne som gir brukerstøtte: hvor de er når de gjør det.',
    en: 'Those who process customers’ data for us, and our own people who support: where they are when they do.',
  },
  add: { nb: 'Legg til', en: 'Add' },
  name: { nb: 'Navn', en: 'Name' },
  subprocessor: { nb: 'underdatabehandler', en: 'subprocessor' },
  support: { nb: 'brukerstøtte, våre egne', en: 'support, our own' },
  where: { nb: 'Hvor', en: 'Where' },
  reaches: { nb: 'Når data til', en: 'Reaches the data of' },
  everybody: { nb: 'alle kunder', en: 'every customer' },
  customers: {
    nb: (count: number) => `${count} ${count === 1 ? 'kunde' : 'kunder'}`,
    en: (count: number) => `${count} ${count === 1 ? 'customer' : 'customers'}`,
  },
  since: { nb: 'Fra', en: 'Since' },
  pci: { nb: 'PCI-attest', en: 'PCI attestation' },
  lacking: { nb: 'mangler', en: 'missing' },
  level: { nb: (level: number) => `nivå ${level}`, en: (level: number) => `level ${level}` },
  attest: { nb: 'Attester', en: 'Attestations' },
  none: { nb: 'Ingen underdatabehandlere er ført opp', en: 'No subprocessors are entered' },
  noneWhy: {
    nb: 'Før også opp hvor deres egne sitter når de gir brukerstøtte, og betalingsleverandøren.',
    en: 'Enter also where your own people are when they support, and the payment provider.',
  },
})

/** Subprocessors and support, with where they reach data from, and what payment providers have shown of PCI DSS. */
export default function Subprocessors() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [opened, setOpened] = useState<ListedSubprocessor | null>(null)
  const all = useResource<readonly ListedSubprocessor[]>('/api/residency/subprocessors')
  const attested = all.data?.find(({ id }) => id === query.get('attest'))
  const columns = useColumns((id) => change({ attest: id }))
  const openColumn = useOpenColumn<ListedSubprocessor>(mayChange ? setOpened : null)
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
      <ResidencyTabs />
      <Loaded of={all} lines={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table
              label={said.title}
              columns={[...columns, ...openColumn]}
              rows={rows}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
      <Suspense>
        {query.get('add') === 'yes' && mayChange && (
          <SubprocessorDialog of={null} onClose={() => change({ add: null })} />
        )}
        {opened !== null && <SubprocessorDialog of={opened} onClose={() => setOpened(null)} />}
        {attested !== undefined && <Attestations of={attested} onClose={() => change({ attest: null })} />}
      </Suspense>
    </Page>
  )
}

function useColumns(onAttest: (id: string) => void): readonly Column<ListedSubprocessor>[] {
  const said = useWords(text)
  const locale = useLocale()
  return [
    {
      key: 'name',
      head: said.name,
      width: '1.5fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name, kind, payments }) => (
        <>
          {payments ? (
            <Link to={places.subject('subprocessor', id)} className="font-medium hover:text-accent">
              {name}
            </Link>
          ) : (
            <span className="font-medium">{name}</span>
          )}
          <span className="block text-ink-2 text-sm">{said[kind]}</span>
        </>
      ),
    },
    {
      key: 'where',
      head: said.where,
      width: '1.6fr',
      cell: ({ places: codes }) =>
        listedWords(
          codes.map((code) => placeInWords(code, locale)),
          locale,
        ),
    },
    {
      key: 'reaches',
      head: said.reaches,
      cell: ({ reaches }) => (reaches === null ? said.everybody : said.customers(reaches.length)),
    },
    { key: 'since', head: said.since, sort: ({ since }) => since, cell: ({ since }) => <Day date={since} /> },
    {
      key: 'pci',
      head: said.pci,
      width: '1.4fr',
      cell: ({ id, name, payments, attestations: [newest] }) =>
        payments ? (
          <>
            {newest === undefined ? (
              <span className="block text-fails">{said.lacking}</span>
            ) : (
              <span className="block">
                {newest.version}, {said.level(newest.level)} · <Day date={newest.signedOn} />
              </span>
            )}
            <Button
              weight="quiet"
              className="min-h-6 py-0"
              aria-label={`${said.attest}: ${name}`}
              onClick={() => onAttest(id)}
            >
              {said.attest}
            </Button>
          </>
        ) : (
          <span className="text-ink-3">–</span>
        ),
    },
  ]
}
