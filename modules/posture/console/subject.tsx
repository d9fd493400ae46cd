import type { SubjectView } from '@hevd/posture/contract'
import { EmptyState, Loaded, Mark, Page, Table, useQueryText, useResource, useWords, words } from '@hevd/ui'
import { findingKey, useFindingColumns } from './finding-table.tsx'
import { useKind } from './kinds.ts'

const text = words({
  title: { nb: 'Kontrollobjekt', en: 'Subject' },
  speaks: { nb: 'Hva policyen sier om det', en: 'What the policy says of it' },
  none: { nb: 'Ingen kontroll taler om dette', en: 'No control speaks of this' },
  noneWhy: {
    nb: 'Det kan være meldt borte, eller skrevet annerledes. Søk etter navnet med Ctrl K.',
    en: 'It may have been reported gone, or be spelled otherwise. Search for its name with Ctrl K.',
  },
})

/** A person, a host, a key: every control that speaks of it. */
export default function Subject() {
  const said = useWords(text)
  const [query] = useQueryText()
  const asked = new URLSearchParams({ kind: query.get('kind') ?? '', id: query.get('id') ?? '' })
  const view = useResource<SubjectView>(`/api/subject?${asked}`)
  const kind = useKind()
  if (view.error?.code === 'no-such-finding' && view.data === undefined)
    return (
      <Page title={query.get('id') ?? ''} lead={kind(query.get('kind') ?? '')}>
        <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
      </Page>
    )
  return (
    <Loaded of={view} lines={6}>
      {(loaded) => <Content view={loaded} />}
    </Loaded>
  )
}

function Content({ view }: { readonly view: SubjectView }) {
  const said = useWords(text)
  const kind = useKind()
  const columns = useFindingColumns('subject')
  const { subject, state, findings } = view
  return (
    <Page
      title={subject.name}
      lead={
        <p className="flex flex-wrap gap-x-4">
          <Mark state={state} />
          <span>{kind(subject.kind)}</span>
          {subject.id !== subject.name && <span className="break-all text-ink-3">{subject.id}</span>}
        </p>
      }
    >
      <Table label={said.speaks} columns={columns} rows={findings} rowKey={findingKey} />
    </Page>
  )
}
