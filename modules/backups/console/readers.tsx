import type { RecipientList } from '@hevd/backups/contract'
import {
  Button,
  EmptyState,
  Loaded,
  Page,
  useMayChange,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense } from 'react'
import { BackupsTabs } from './backups-tabs.tsx'
import { RecipientBlock } from './recipient-block.tsx'

const AskReader = lazy(() => import('./ask-reader.tsx'))

const text = words({
  title: { nb: 'Lesere av sikkerhetskopier', en: 'Readers of backups' },
  lead: {
    nb: 'Den som har identiteten til en mottaker, kan lese alt som er kryptert til den. Her står hvem det er, hvorfor og hvor lenge.',
    en: 'Whoever has the identity of a recipient can read all that is encrypted to it. Here is who, why and until when.',
  },
  add: { nb: 'Legg til en leser', en: 'Add a reader' },
  none: { nb: 'Ingen mottakere ennå', en: 'No recipients yet' },
  noneWhy: {
    nb: 'Når en maskin får en plan for sikkerhetskopiering, står mottakerne dens her.',
    en: 'When a host gets a backup plan, its recipients stand here.',
  },
})

/** Every recipient of backups: those that nobody is told of first. */
export default function Readers() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const list = useResource<RecipientList>('/api/backup-recipients', 30_000)
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
      <BackupsTabs />
      <Loaded of={list} lines={6}>
        {({ recipients, services }) => (
          <>
            {recipients.length === 0 ? (
              <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
            ) : (
              <ul className="flex flex-col">
                {recipients.map((one) => (
                  <li key={one.recipient} className="border-line border-b py-6 first:pt-0">
                    <RecipientBlock of={one} onTell={(recipient) => change({ add: 'yes', recipient })} />
                  </li>
                ))}
              </ul>
            )}
            <Suspense>
              {query.get('add') === 'yes' && mayChange && (
                <AskReader
                  of={query.get('recipient')}
                  recipients={recipients.map(({ recipient }) => recipient)}
                  services={services}
                  onClose={() => change({ add: null, recipient: null })}
                />
              )}
            </Suspense>
          </>
        )}
      </Loaded>
    </Page>
  )
}
