import { areaWords, placeInWords } from '@hevd/facts/regions'
import type { ControlDetail, FindingView } from '@hevd/posture/contract'
import type { PlaceSummary } from '@hevd/residency/contract'
import {
  ButtonLink,
  type Column,
  EmptyState,
  Link,
  Loaded,
  Page,
  PagedTable,
  places,
  Section,
  sizeInWords,
  Table,
  useLocale,
  usePages,
  useRead,
  useResource,
  useWords,
  VerdictLine,
  words,
} from '@hevd/ui'
import { lazy, Suspense } from 'react'
import { areaOf } from './area-of.ts'
import { ResidencyTabs } from './residency-tabs.tsx'

const TryOut = lazy(() => import('./try-out.tsx'))

const text = words({
  title: { nb: 'Datalokasjon', en: 'Residency' },
  lead: {
    nb: 'Hvor kundenes data kan ligge, hvor de ligger, og hvem som når dem fra andre steder.',
    en: 'Where customers’ data may be, where it is, and who reaches it from elsewhere.',
  },
  toControl: { nb: 'Se kontrollen', en: 'See the control' },
  share: { nb: 'Andelen i EU', en: 'The share in the EU' },
  breaks: { nb: 'Det som ikke holder', en: 'What does not hold' },
  what: { nb: 'Hva', en: 'What' },
  why: { nb: 'Hvorfor', en: 'Why' },
  nothing: { nb: 'Ingenting bryter med det kundene har valgt', en: 'Nothing breaks what customers chose' },
  nothingWhy: {
    nb: 'Det betyr ikke at alt er sett: kontrollen over sier om noe er ukjent.',
    en: 'That does not mean that all was seen: the control above says whether something is unknown.',
  },
  where: { nb: 'Datalagre etter sted', en: 'Data stores by place' },
  place: { nb: 'Oppgitt sted', en: 'Declared place' },
  area: { nb: 'Område', en: 'Area' },
  elsewhere: { nb: 'utenfor områdene', en: 'outside the areas' },
  stores: { nb: 'Datalagre', en: 'Data stores' },
  size: { nb: 'Størrelse', en: 'Size' },
  unknownSize: { nb: 'ikke kjent for alle', en: 'not known of all' },
  customers: { nb: 'Kunder', en: 'Customers' },
  noStores: { nb: 'Ingen datalagre er ført opp', en: 'No data stores are entered' },
  noStoresWhy: {
    nb: 'Begynn med databasene kundenes data ligger i, under Datalagre.',
    en: 'Begin with the databases that customers’ data is in, under Data stores.',
  },
  try: { nb: 'Prøv et svar', en: 'Try an answer' },
})

/** Is it upheld, what breaks, and what an application would be answered. */
export default function Residency() {
  const said = useWords(text)
  const control = useResource<ControlDetail>('/api/controls/data-location', 30_000)
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={<ButtonLink to={places.control('data-location')}>{said.toControl}</ButtonLink>}
    >
      <ResidencyTabs />
      <Loaded of={control} lines={2}>
        {(detail) => <Standing of={detail} />}
      </Loaded>
      <Section title={said.breaks}>
        <Breaks />
      </Section>
      <Section title={said.where}>
        <Places />
      </Section>
      <Section title={said.try}>
        <Suspense>
          <TryOut />
        </Suspense>
      </Section>
    </Page>
  )
}

function Standing({ of }: { readonly of: ControlDetail }) {
  const said = useWords(text)
  const read = useRead()
  const shares = usePages<FindingView>(
    '/api/findings?control=data-location&test=data-location%2Fmainly-in-eu&limit=1',
  )
  const why = shares.items[0]?.why ?? null
  return (
    <div className="mb-8 flex flex-col gap-3">
      <VerdictLine state={of.state} since={of.since} until={of.until} attested={of.attested} />
      {of.why !== null && <p>{read(of.why.text)}</p>}
      {why !== null && (
        <p>
          <span className="font-medium">{said.share}: </span>
          {read(why.text)}
        </p>
      )}
    </div>
  )
}

function Breaks() {
  const said = useWords(text)
  const pages = usePages<FindingView>('/api/findings?control=data-location&state=fails&limit=50')
  const columns = useColumns()
  return (
    <PagedTable
      label={said.breaks}
      columns={columns}
      pages={pages}
      rowKey={({ test, subject }) => `${test} ${subject.id}`}
      empty={<EmptyState title={said.nothing}>{said.nothingWhy}</EmptyState>}
    />
  )
}

function useColumns(): readonly Column<FindingView>[] {
  const said = useWords(text)
  const read = useRead()
  return [
    {
      key: 'what',
      head: said.what,
      narrow: 'lead',
      cell: ({ subject }) => (
        <Link
          to={places.subject(subject.kind, subject.id)}
          className="break-words font-medium hover:text-accent"
        >
          {subject.name}
        </Link>
      ),
    },
    { key: 'why', head: said.why, width: '2.4fr', cell: ({ why }) => (why === null ? '–' : read(why.text)) },
  ]
}

function Places() {
  const said = useWords(text)
  const columns = usePlaceColumns()
  const all = useResource<readonly PlaceSummary[]>('/api/residency/places')
  return (
    <Loaded of={all} lines={4}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title={said.noStores}>{said.noStoresWhy}</EmptyState>
        ) : (
          <Table label={said.where} columns={columns} rows={rows} rowKey={({ place }) => place} />
        )
      }
    </Loaded>
  )
}

function usePlaceColumns(): readonly Column<PlaceSummary>[] {
  const said = useWords(text)
  const locale = useLocale()
  const area = (place: string) => {
    const its = areaOf(place)
    return its === null ? said.elsewhere : areaWords[its][locale]
  }
  return [
    {
      key: 'place',
      head: said.place,
      width: '2fr',
      narrow: 'lead',
      sort: ({ place }) => placeInWords(place, locale),
      cell: ({ place }) => <span className="font-medium">{placeInWords(place, locale)}</span>,
    },
    { key: 'area', head: said.area, sort: ({ place }) => area(place), cell: ({ place }) => area(place) },
    { key: 'stores', head: said.stores, sort: ({ stores }) => stores, cell: ({ stores }) => stores },
    {
      key: 'size',
      head: said.size,
      sort: ({ bytes }) => bytes ?? -1,
      cell: ({ bytes }) =>
        bytes === null ? <span className="text-ink-3">{said.unknownSize}</span> : sizeInWords(bytes, locale),
    },
    {
      key: 'customers',
      head: said.customers,
      sort: ({ customers }) => customers,
      cell: ({ customers }) => customers,
    },
  ]
}
