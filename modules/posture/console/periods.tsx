import type { PeriodView } from '@hevd/posture/contract'
import {
  Button,
  type Column,
  Day,
  EmptyState,
  Link,
  Loaded,
  Page,
  places,
  Table,
  useMayChange,
  useResource,
  useWords,
  Who,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { NewPeriod } from './period-new.tsx'

const text = words({
  title: { nb: 'Perioder', en: 'Periods' },
  lead: {
    nb: 'Virket kontrollene hver gang i en periode? Rapporten er det revisor spør etter: lister, avvik, det ingen så, og ledelsens svar.',
    en: 'Did the controls work every time in a period? The report is what an auditor asks for: lists, deviations, what nobody saw, and management’s answer.',
  },
  make: { nb: 'Lag en periode', en: 'Make a period' },
  none: { nb: 'Ingen perioder', en: 'No periods' },
  noneWhy: {
    nb: 'En administrator lager en periode med første og siste dag, for eksempel et kalenderår.',
    en: 'An administrator makes a period of a first and a last day, such as a calendar year.',
  },
  name: { nb: 'Periode', en: 'Period' },
  firstDay: { nb: 'Første dag', en: 'First day' },
  lastDay: { nb: 'Siste dag', en: 'Last day' },
  state: { nb: 'Står', en: 'Stands' },
  running: { nb: 'Løper', en: 'Running' },
  over: { nb: 'Venter på signering', en: 'Waiting to be signed' },
  signed: { nb: 'Signert av', en: 'Signed by' },
})

/** The periods that are reported on, the last one first. */
export default function Periods() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const periods = useResource<readonly PeriodView[]>('/api/periods')
  const [making, setMaking] = useState(false)
  const make = mayChange ? (
    <Button weight="main" onClick={() => setMaking(true)}>
      {said.make}
    </Button>
  ) : null
  const columns: readonly Column<PeriodView>[] = [
    {
      key: 'title',
      head: said.name,
      width: '2fr',
      narrow: 'lead',
      cell: ({ id, title }) => (
        <Link to={places.period(id)} className="font-medium hover:text-accent">
          {title}
        </Link>
      ),
    },
    { key: 'first', head: said.firstDay, cell: ({ firstDay }) => <Day date={firstDay} /> },
    { key: 'last', head: said.lastDay, cell: ({ lastDay }) => <Day date={lastDay} /> },
    {
      key: 'state',
      head: said.state,
      cell: ({ state, signing }) => (
        <>
          {said[state]}
          {signing !== null && (
            <>
              {' '}
              <Who id={signing.by} />
            </>
          )}
        </>
      ),
    },
  ]
  return (
    <Page title={said.title} lead={said.lead} actions={make}>
      <Loaded of={periods}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table label={said.title} columns={columns} rows={all} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
      {making && <NewPeriod onClose={() => setMaking(false)} />}
    </Page>
  )
}
