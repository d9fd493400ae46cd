import type { FindingView, PolicyView } from '@hevd/posture/contract'
import {
  Choices,
  EmptyState,
  Mark,
  Page,
  PagedTable,
  SearchBox,
  statesWorstFirst,
  useLocale,
  usePages,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { useCallback, useId } from 'react'
import { findingKey, useFindingColumns } from './finding-table.tsx'

const text = words({
  title: { nb: 'Funn', en: 'Findings' },
  lead: {
    nb: 'Alt som er vurdert, ett funn per kontrollobjekt og test. Det verste står først.',
    en: 'All that was judged, one finding per subject and test. The worst come first.',
  },
  state: { nb: 'Vis tilstand', en: 'Show state' },
  all: { nb: 'Alle', en: 'All' },
  search: { nb: 'Søk i navn', en: 'Search names' },
  control: { nb: 'Kontroll', en: 'Control' },
  everyControl: { nb: 'Alle kontroller', en: 'Every control' },
  none: { nb: 'Ingen funn svarer til dette', en: 'No finding answers to this' },
  noneWhy: {
    nb: 'Ta bort noe av filteret. Er listen tom uten filter, har ingen kilde meldt noe ennå.',
    en: 'Take away some of the filter. If the list is empty without one, no source has reported yet.',
  },
})

/** Every finding, filtered in the address so that a view can be sent to a colleague. */
export default function Findings() {
  const said = useWords(text)
  const [query, change] = useQueryText()
  const asked = new URLSearchParams({ limit: '100' })
  for (const name of ['state', 'control', 'test', 'kind', 'q']) {
    const value = query.get(name)
    if (value !== null) asked.set(name, value)
  }
  const pages = usePages<FindingView>(`/api/findings?${asked}`)
  const search = useCallback((q: string) => change({ q }), [change])
  return (
    <Page title={said.title} lead={said.lead}>
      <div className="mb-6 flex flex-wrap items-center gap-3">
        <SearchBox label={said.search} value={query.get('q') ?? ''} onSearch={search} />
        <ControlChoice value={query.get('control') ?? ''} onChoose={(control) => change({ control })} />
        <Choices
          label={said.state}
          value={query.get('state') ?? 'all'}
          options={[
            { value: 'all', label: said.all },
            ...statesWorstFirst.map((state) => ({ value: state as string, label: <Mark state={state} /> })),
          ]}
          onChoose={(state) => change({ state: state === 'all' ? null : state })}
        />
      </div>
      <PagedTable
        label={said.title}
        columns={useFindingColumns('all')}
        pages={pages}
        rowKey={findingKey}
        empty={<EmptyState title={said.none}>{said.noneWhy}</EmptyState>}
      />
    </Page>
  )
}

function ControlChoice({ value, onChoose }: { readonly value: string; onChoose(control: string): void }) {
  const said = useWords(text)
  const locale = useLocale()
  const id = useId()
  const policy = useResource<PolicyView>('/api/policy')
  return (
    <div className="min-w-0 max-w-full basis-64">
      <label htmlFor={id} className="sr-only">
        {said.control}
      </label>
      <select id={id} className="input" value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{said.everyControl}</option>
        {policy.data?.sections.map((section) => (
          <optgroup key={section.id} label={section.title[locale]}>
            {section.controls
              .filter((control) => control.proven)
              .map((control) => (
                <option key={control.id} value={control.id}>
                  {control.title[locale]}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}
