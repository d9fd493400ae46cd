import type { FindingView } from '@hevd/posture/contract'
import {
  Choices,
  EmptyState,
  Mark,
  PagedTable,
  SearchBox,
  statesWorstFirst,
  usePages,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { findingKey, useFindingColumns } from './finding-table.tsx'

const text = words({
  label: { nb: 'Kontrollobjekter', en: 'Subjects' },
  search: { nb: 'Søk i navn', en: 'Search names' },
  state: { nb: 'Vis tilstand', en: 'Show state' },
  all: { nb: 'Alle', en: 'All' },
  none: { nb: 'Ingen å vise', en: 'None to show' },
  noneWhy: {
    nb: 'Enten svarer ingen til filteret, eller så har ingen kilde meldt noe som skal vurderes her.',
    en: 'Either none answers to the filter, or no source has reported anything to be judged here.',
  },
})

/** Those that a control speaks of, worst first, each with what it was judged from. */
export function ControlSubjects({ control }: { readonly control: string }) {
  const said = useWords(text)
  const [q, setQ] = useState('')
  const [state, setState] = useState('all')
  const asked = new URLSearchParams({ control, limit: '20' })
  if (q !== '') asked.set('q', q)
  if (state !== 'all') asked.set('state', state)
  const pages = usePages<FindingView>(`/api/findings?${asked}`)
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchBox label={said.search} value={q} onSearch={setQ} />
        <Choices
          label={said.state}
          value={state}
          options={[
            { value: 'all', label: said.all },
            ...statesWorstFirst.map((each) => ({ value: each as string, label: <Mark state={each} /> })),
          ]}
          onChoose={setState}
        />
      </div>
      <PagedTable
        label={said.label}
        columns={useFindingColumns('control')}
        pages={pages}
        rowKey={findingKey}
        empty={<EmptyState title={said.none}>{said.noneWhy}</EmptyState>}
      />
    </>
  )
}
