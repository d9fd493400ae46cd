import { placeInWords } from '@hevd/facts/regions'
import type { HostPlace } from '@hevd/residency/contract'
import {
  Button,
  type Column,
  Day,
  EmptyState,
  Loaded,
  Page,
  Table,
  useLocale,
  useMayChange,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useState } from 'react'
import { ResidencyTabs } from './residency-tabs.tsx'

const FacilityDialog = lazy(() => import('./facility-dialog.tsx'))

const text = words({
  title: { nb: 'Hvor maskinene står', en: 'Where hosts stand' },
  lead: {
    nb: 'Regionen leser agenten fra skyen den kjører i. Står maskinen i et eget anlegg, må noen ha sett det og ført det opp.',
    en: 'The agent reads the region from the cloud it runs in. Where a host stands in a facility, somebody must have seen that and entered it.',
  },
  host: { nb: 'Maskin', en: 'Host' },
  region: { nb: 'Region, ifølge skyen', en: 'Region, by the cloud' },
  noRegion: { nb: 'ingen sky', en: 'no cloud' },
  facility: { nb: 'Anlegg', en: 'Facility' },
  unentered: { nb: 'ikke ført opp', en: 'not entered' },
  seen: { nb: 'Sett', en: 'Seen' },
  change: { nb: 'Før opp', en: 'Enter' },
  none: { nb: 'Ingen produksjonsservere ennå', en: 'No production hosts yet' },
  noneWhy: {
    nb: 'Servere kommer hit når de er oppgitt under Maskiner.',
    en: 'Servers come here when they are declared under Hosts.',
  },
})

/** Production hosts, where their clouds say that they are, and the facilities they stand in. */
export default function Hosts() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [opened, setOpened] = useState<HostPlace | null>(null)
  const all = useResource<readonly HostPlace[]>('/api/residency/hosts', 60_000)
  const columns = useColumns(mayChange ? setOpened : null)
  return (
    <Page title={said.title} lead={said.lead}>
      <ResidencyTabs />
      <Loaded of={all} lines={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table label={said.title} columns={columns} rows={rows} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
      <Suspense>
        {opened !== null && <FacilityDialog host={opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </Page>
  )
}

function useColumns(onOpen: ((host: HostPlace) => void) | null): readonly Column<HostPlace>[] {
  const said = useWords(text)
  const locale = useLocale()
  return [
    {
      key: 'host',
      head: said.host,
      width: '1.6fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ name }) => <span className="break-words font-medium">{name}</span>,
    },
    {
      key: 'region',
      head: said.region,
      width: '1.4fr',
      sort: ({ region }) => region ?? '',
      cell: ({ region }) =>
        region === null ? <span className="text-ink-3">{said.noRegion}</span> : placeInWords(region, locale),
    },
    {
      key: 'facility',
      head: said.facility,
      width: '1.6fr',
      sort: ({ facility }) => facility?.facility ?? '',
      cell: ({ facility }) =>
        facility === null ? (
          <span className="text-ink-3">{said.unentered}</span>
        ) : (
          <>
            {facility.facility}
            <span className="block text-ink-2 text-sm">{placeInWords(facility.place, locale)}</span>
          </>
        ),
    },
    {
      key: 'seen',
      head: said.seen,
      sort: ({ facility }) => facility?.seenOn ?? '',
      cell: ({ facility }) => (facility === null ? '–' : <Day date={facility.seenOn} />),
    },
    ...(onOpen === null
      ? []
      : [
          {
            key: 'change',
            head: said.change,
            width: '6rem',
            narrow: 'lead' as const,
            cell: (host: HostPlace) => (
              <Button
                weight="quiet"
                className="min-h-6 py-0"
                aria-label={`${said.change}: ${host.name}`}
                onClick={() => onOpen(host)}
              >
                {said.change}
              </Button>
            ),
          },
        ]),
  ]
}
