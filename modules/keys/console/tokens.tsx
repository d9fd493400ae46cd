import type { Token } from '@hevd/keys/contract'
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
  useReader,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense } from 'react'
import { KeysTabs } from './keys-tabs.tsx'
import { VaultState } from './vault-state.tsx'

const MakeToken = lazy(() => import('./make-token.tsx'))

const text = words({
  title: { nb: 'Tokener for nøkler', en: 'Key tokens' },
  lead: {
    nb: 'Det tjenester og personer viser når de bruker nøkler. Et token gir ingen rett alene; det gjør tildelingen.',
    en: 'What services and people show when they use keys. A token alone gives no right; the grant does.',
  },
  make: { nb: 'Lag et token', en: 'Make a token' },
  who: { nb: 'For', en: 'For' },
  service: { nb: 'tjeneste', en: 'service' },
  account: { nb: 'konto', en: 'account' },
  sources: { nb: 'Brukes fra', en: 'Used from' },
  anywhere: { nb: 'hvor som helst', en: 'anywhere' },
  until: { nb: 'Til og med', en: 'Until' },
  over: { nb: 'Utløpt', en: 'Over' },
  revoked: { nb: 'Trukket tilbake', en: 'Revoked' },
  made: { nb: 'Laget', en: 'Made' },
  used: { nb: 'Sist brukt', en: 'Last used' },
  never: { nb: 'aldri', en: 'never' },
  revoke: { nb: 'Trekk tilbake', en: 'Revoke' },
  done: { nb: 'Tokenet er trukket tilbake.', en: 'The token was revoked.' },
  none: { nb: 'Ingen tokener ennå', en: 'No tokens yet' },
  noneWhy: {
    nb: 'Lag ett for hver tjeneste som skal kryptere, og legg det inn som VAULT_TOKEN hos den.',
    en: 'Make one for each service that is to encrypt, and enter it there as VAULT_TOKEN.',
  },
})

/** Tokens of services and accounts. */
export default function Tokens() {
  const said = useWords(text)
  const [query, change] = useQueryText()
  const tokens = useResource<readonly Token[]>('/api/key-tokens', 30_000)
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
      <KeysTabs />
      <VaultState />
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
      <Suspense>
        {query.get('make') === 'yes' && <MakeToken onClose={() => change({ make: null })} />}
      </Suspense>
    </Page>
  )
}

function useColumns() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const reader = useReader()
  const revoking = useAction({
    call: (id: string) => call<unknown>('POST', `/api/key-tokens/${id}/revoke`),
    refreshes: ['/api/key-tokens'],
    done: text.done,
  })
  const columns: readonly Column<Token>[] = [
    {
      key: 'who',
      head: said.who,
      width: '1.8fr',
      narrow: 'lead',
      sort: ({ holder }) => holder.name,
      cell: ({ holder }) => (
        <>
          <span className="font-medium">{holder.name}</span>
          <span className="block text-ink-2 text-sm">{said[holder.kind]}</span>
        </>
      ),
    },
    {
      key: 'sources',
      head: said.sources,
      width: '1.6fr',
      cell: ({ sources }) =>
        sources.length === 0 ? <span className="text-ink-2">{said.anywhere}</span> : sources.join(', '),
    },
    {
      key: 'until',
      head: said.until,
      sort: ({ until }) => until,
      cell: ({ until, state, revokedAt }) => (
        <>
          <Day date={until} />
          {state === 'over' && <span className="block text-ink-2 text-sm">{said.over}</span>}
          {revokedAt !== null && (
            <span className="block text-ink-2 text-sm">
              {said.revoked} <Ago at={revokedAt} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'made',
      head: said.made,
      width: '1.4fr',
      sort: ({ madeAt }) => madeAt,
      cell: ({ madeAt, madeBy }) => (
        <>
          <Ago at={madeAt} />
          <span className="block text-ink-2 text-sm">{madeBy.name}</span>
        </>
      ),
    },
    {
      key: 'used',
      head: said.used,
      sort: ({ lastUsedAt }) => lastUsedAt ?? 0,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-2">{said.never}</span> : <Ago at={lastUsedAt} />,
    },
    {
      key: 'act',
      head: said.revoke,
      width: '8rem',
      narrow: 'lead',
      cell: ({ id, state, holder }) =>
        state === 'good' && (mayChange || holder.id === reader?.id) ? (
          <Button
            weight="quiet"
            className="min-h-6 py-0"
            running={revoking.running}
            aria-label={`${said.revoke}: ${holder.name}`}
            onClick={() => void revoking.run(id)}
          >
            {said.revoke}
          </Button>
        ) : null,
    },
  ]
  return { columns, problem: revoking.problem }
}
