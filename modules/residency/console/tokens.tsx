import type { Token } from '@hevd/residency/contract'
import {
  Ago,
  Button,
  Code,
  type Column,
  call,
  Day,
  EmptyState,
  Fault,
  Loaded,
  Page,
  Section,
  Table,
  useAction,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense } from 'react'
import { ResidencyTabs } from './residency-tabs.tsx'

const MakeToken = lazy(() => import('./make-token.tsx'))

const text = words({
  title: { nb: 'Applikasjoner som spør', en: 'Applications that ask' },
  lead: {
    nb: 'Det applikasjoner viser når de spør hvor data kan ligge, eller melder hvor de har plassert dem.',
    en: 'What applications show when they ask where data may be, or report where they placed it.',
  },
  make: { nb: 'Lag et token', en: 'Make a token' },
  service: { nb: 'Tjeneste', en: 'Service' },
  may: { nb: 'Kan', en: 'May' },
  asks: { nb: 'spørre', en: 'ask' },
  reports: { nb: 'spørre og melde', en: 'ask and report' },
  until: { nb: 'Til og med', en: 'Until' },
  over: { nb: 'Utløpt', en: 'Over' },
  revoked: { nb: 'Trukket tilbake', en: 'Revoked' },
  'unknown-service': { nb: 'Tjenesten finnes ikke lenger', en: 'The service is gone' },
  used: { nb: 'Sist brukt', en: 'Last used' },
  never: { nb: 'aldri', en: 'never' },
  revoke: { nb: 'Trekk tilbake', en: 'Revoke' },
  done: { nb: 'Tokenet er trukket tilbake.', en: 'The token was revoked.' },
  none: { nb: 'Ingen tokener ennå', en: 'No tokens yet' },
  noneWhy: {
    nb: 'Lag ett for hver applikasjon som plasserer kundedata. Uten token får den ikke svar, og skal da la være å plassere.',
    en: 'Make one for each application that places customers’ data. Without one it gets no answer, and is then not to place any.',
  },
  how: { nb: 'Slik spør den', en: 'How it asks' },
  yes: {
    nb: 'Bare status 200 med allowed: true er et ja. Alt annet er et nei. Svaret kan brukes til cacheableUntil, høyst et minutt.',
    en: 'Only status 200 with allowed: true is a yes. Anything else is a no. The answer may be used until cacheableUntil, a minute at most.',
  },
})

/** Tokens of applications, and how they ask. */
export default function Tokens() {
  const said = useWords(text)
  const [query, change] = useQueryText()
  const tokens = useResource<readonly Token[]>('/api/residency/tokens', 30_000)
  const { columns, problem } = useColumns()
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        <Button weight="main" onClick={() => change({ make: 'yes' })}>
          {said.make}
        </Button>
      }
    >
      <ResidencyTabs />
      <Fault problem={problem} />
      <Loaded of={tokens} lines={6}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table label={said.title} columns={columns} rows={all} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
      <Section title={said.how}>
        <p className="mb-3 text-ink-2">{said.yes}</p>
        <Code>{`curl -H "Authorization: Bearer $TOKEN" '${location.origin}/api/residency/decide?customer=acme&store=orders'`}</Code>
      </Section>
      <Suspense>
        {query.get('make') === 'yes' && <MakeToken onClose={() => change({ make: null })} />}
      </Suspense>
    </Page>
  )
}

function useColumns() {
  const said = useWords(text)
  const revoking = useAction({
    call: (id: string) => call<unknown>('DELETE', `/api/residency/tokens/${id}`),
    refreshes: ['/api/residency/tokens'],
    done: text.done,
  })
  const columns: readonly Column<Token>[] = [
    {
      key: 'service',
      head: said.service,
      width: '1.8fr',
      narrow: 'lead',
      sort: ({ service }) => service.name,
      cell: ({ service }) => <span className="font-medium">{service.name}</span>,
    },
    { key: 'may', head: said.may, cell: ({ reports }) => (reports ? said.reports : said.asks) },
    {
      key: 'until',
      head: said.until,
      sort: ({ until }) => until,
      cell: ({ until, state }) =>
        state === 'good' ? <Day date={until} /> : <span className="text-ink-2">{said[state]}</span>,
    },
    {
      key: 'used',
      head: said.used,
      sort: ({ lastUsedAt }) => lastUsedAt ?? 0,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-3">{said.never}</span> : <Ago at={lastUsedAt} />,
    },
    {
      key: 'revoke',
      head: said.revoke,
      width: '8rem',
      narrow: 'lead',
      cell: ({ id, service, state }) =>
        state !== 'revoked' && (
          <Button
            weight="quiet"
            className="min-h-6 py-0"
            running={revoking.running}
            aria-label={`${said.revoke}: ${service.name}`}
            onClick={() => void revoking.run(id)}
          >
            {said.revoke}
          </Button>
        ),
    },
  ]
  return { columns, problem: revoking.problem }
}
