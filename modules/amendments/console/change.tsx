import type { DraftDetail, DraftSummary } from '@hevd/amendments/contract'
import type { ControlDetail } from '@hevd/posture/contract'
import {
  ApprovedBy,
  Link,
  Loaded,
  Loading,
  Page,
  places,
  useLocale,
  useParam,
  useQueryText,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { useOwnDrafts } from './drafts-of-mine.ts'
import { Editor } from './editor.tsx'

const text = words({
  inForce: { nb: 'I kraft siden', en: 'In force since' },
  until: {
    nb: 'Det du skriver her, gjelder først når noen har godkjent utkastet.',
    en: 'What you write here takes effect when somebody has approved the draft.',
  },
})

/** One promise, changed beside its text: both languages, its requirements, and whether it applies. */
export default function Change() {
  const id = useParam('id')
  const [query] = useQueryText()
  const detail = useResource<ControlDetail>(`/api/controls/${encodeURIComponent(id)}`)
  const own = useOwnDrafts()
  if (own === null) return <Loading lines={8} />
  return (
    <Loaded of={detail} lines={8}>
      {(control) => <OnDraft control={control} own={own} wanted={query.get('draft')} />}
    </Loaded>
  )
}

/** Begins from the draft that was asked for, else from the reader's own that changes this control, else their newest. */
function OnDraft({
  control,
  own,
  wanted,
}: {
  readonly control: ControlDetail
  readonly own: readonly DraftSummary[]
  readonly wanted: string | null
}) {
  // Chosen once: a draft that turns up meanwhile must not take what is being written away.
  const [first] = useState(() => (own.find(({ controls }) => controls.includes(control.id)) ?? own[0])?.id)
  const id = wanted ?? first ?? null
  const draft = useResource<DraftDetail>(id === null ? null : `/api/policy/drafts/${id}`)
  if (id === null) return <Sheet control={control} own={own} draft={null} />
  return (
    <Loaded of={draft} lines={8}>
      {(loaded) => (
        <Sheet
          key={id}
          control={control}
          own={own}
          draft={loaded.state === 'open' || loaded.state === 'submitted' ? loaded : null}
        />
      )}
    </Loaded>
  )
}

function Sheet({
  control,
  own,
  draft,
}: {
  readonly control: ControlDetail
  readonly own: readonly DraftSummary[]
  readonly draft: DraftDetail | null
}) {
  const said = useWords(text)
  const locale = useLocale()
  const { id, title, approvedAt, approvedBy, singleApprover } = control
  return (
    <Page
      title={title[locale]}
      lead={
        <>
          {approvedAt !== null && (
            <p>
              <Link to={places.control(id)} className="text-link">
                {said.inForce} <When at={approvedAt} />
              </Link>
              , <ApprovedBy by={approvedBy} single={singleApprover} />
            </p>
          )}
          <p>{said.until}</p>
        </>
      }
    >
      <Editor control={control} own={own} draft={draft} />
    </Page>
  )
}
