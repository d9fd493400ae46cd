import type { Grant } from '@hevd/keys/contract'
import {
  Button,
  Choices,
  EmptyState,
  Loaded,
  Page,
  Table,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense } from 'react'
import { useGrantColumns } from './grant-columns.tsx'
import { KeysTabs } from './keys-tabs.tsx'
import { VaultState } from './vault-state.tsx'

const AskGrant = lazy(() => import('./ask-grant.tsx'))

const text = words({
  title: { nb: 'Tildelinger av nøkler', en: 'Key grants' },
  lead: {
    nb: 'Hvem som kan bruke hvilken nøkkel, hvorfor og hvor lenge. Uten en tildeling som gjelder, kan ingen bruke noen.',
    en: 'Who can use which key, why and until when. Without a grant in force nobody can use any.',
  },
  ask: { nb: 'Be om en tildeling', en: 'Ask for a grant' },
  waiting: { nb: 'Venter på godkjenning', en: 'Waiting for approval' },
  granted: { nb: 'Gitt', en: 'Granted' },
  which: { nb: 'Hvilke', en: 'Which' },
  current: { nb: 'Gjeldende', en: 'Current' },
  all: { nb: 'Alle', en: 'All' },
  none: { nb: 'Ingen tildelinger ennå', en: 'No grants yet' },
  noneWhy: {
    nb: 'Ingen kan bruke noen nøkkel. Be om en tildeling for den som trenger det, med formål og siste dag.',
    en: 'Nobody can use any key. Ask for a grant for whoever needs one, with a purpose and a last day.',
  },
  noneGranted: { nb: 'Ingen tildelinger gjelder.', en: 'No grant is in force.' },
})

/** Grants of all keys: those that wait for somebody first. */
export default function Grants() {
  const said = useWords(text)
  const [query, change] = useQueryText()
  const show = query.get('show') === 'all' ? 'all' : 'current'
  const grants = useResource<readonly Grant[]>(`/api/key-grants?show=${show}`, 30_000)
  const columns = useGrantColumns(false)
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        <Button weight="main" onClick={() => change({ ask: 'yes' })}>
          {said.ask}
        </Button>
      }
    >
      <KeysTabs />
      <VaultState />
      <Loaded of={grants} lines={6}>
        {(all) => {
          const waiting = all.filter(({ state }) => state === 'asked')
          const others = all.filter(({ state }) => state !== 'asked')
          return all.length === 0 && show === 'current' ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <>
              {waiting.length > 0 && (
                <section className="mb-12">
                  <h2 className="mb-4 font-semibold">{said.waiting}</h2>
                  <Table label={said.waiting} columns={columns} rows={waiting} rowKey={({ id }) => id} />
                </section>
              )}
              <div className="mb-6">
                <Choices
                  label={said.which}
                  value={show}
                  options={[
                    { value: 'current', label: said.current },
                    { value: 'all', label: said.all },
                  ]}
                  onChoose={(value) => change({ show: value === 'all' ? value : null })}
                />
              </div>
              {others.length === 0 ? (
                <p className="text-ink-2">{said.noneGranted}</p>
              ) : (
                <Table label={said.granted} columns={columns} rows={others} rowKey={({ id }) => id} />
              )}
            </>
          )
        }}
      </Loaded>
      <Suspense>
        {query.get('ask') === 'yes' && (
          <AskGrant of={query.get('key')} onClose={() => change({ ask: null, key: null })} />
        )}
      </Suspense>
    </Page>
  )
}
