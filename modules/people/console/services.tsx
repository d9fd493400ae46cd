import type { ListedService } from '@hevd/people/contract'
import {
  Button,
  type Column,
  EmptyState,
  Link,
  Loaded,
  Page,
  places,
  Table,
  useMayChange,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useState } from 'react'
import { RegisterTabs } from './register-tabs.tsx'

const ServiceDialog = lazy(() => import('./service-dialog.tsx'))

const text = words({
  title: { nb: 'Tjenester', en: 'Services' },
  lead: {
    nb: 'Programmer som har egne kontoer. Hver tjeneste har en person som svarer for den.',
    en: 'Programs that have accounts of their own. Each service has a person who answers for it.',
  },
  add: { nb: 'Legg til', en: 'Add' },
  name: { nb: 'Navn', en: 'Name' },
  owner: { nb: 'Ansvarlig', en: 'Owner' },
  change: { nb: 'Endre', en: 'Change' },
  none: { nb: 'Ingen tjenester ennå', en: 'No services yet' },
  noneWhy: {
    nb: 'Legg inn dem som har kontoer: sikkerhetskopi, overvåking, databasen.',
    en: 'Enter those that have accounts: backup, monitoring, the database.',
  },
})

/** Named services and who answers for each. */
export default function Services() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [edited, setEdited] = useState<ListedService | null>(null)
  const services = useResource<readonly ListedService[]>('/api/services')
  const columns: readonly Column<ListedService>[] = [
    {
      key: 'name',
      head: said.name,
      width: '2fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name }) => (
        <>
          <span className="font-medium">{name}</span> <span className="text-ink-3 text-sm">{id}</span>
        </>
      ),
    },
    {
      key: 'owner',
      head: said.owner,
      width: '2fr',
      sort: ({ ownerName }) => ownerName,
      cell: ({ owner, ownerName }) => (
        <>
          <Link to={places.subject('person', owner)} className="hover:text-accent">
            {ownerName}
          </Link>{' '}
          <span className="text-ink-3 text-sm">{owner}</span>
        </>
      ),
    },
    ...(mayChange
      ? [
          {
            key: 'change',
            head: said.change,
            width: '5rem',
            narrow: 'lead' as const,
            cell: (service: ListedService) => (
              <Button
                weight="quiet"
                className="min-h-6 py-0"
                aria-label={`${said.change}: ${service.name}`}
                onClick={() => setEdited(service)}
              >
                {said.change}
              </Button>
            ),
          },
        ]
      : []),
  ]
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
      <RegisterTabs />
      <Loaded of={services}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table label={said.title} columns={columns} rows={all} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
      <Suspense>
        {query.get('add') === 'yes' && <ServiceDialog service={null} onClose={() => change({ add: null })} />}
        {edited !== null && <ServiceDialog service={edited} onClose={() => setEdited(null)} />}
      </Suspense>
    </Page>
  )
}
