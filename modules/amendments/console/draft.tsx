import type { DraftDetail } from '@hevd/amendments/contract'
import {
  EmptyState,
  Loaded,
  Page,
  Section,
  useMayChange,
  useParam,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { DraftControl } from './draft-control.tsx'
import { DraftDecision } from './draft-decision.tsx'
import { draftSourceWords } from './draft-words.ts'
import { Trial } from './trial.tsx'
import { Writers } from './writers.tsx'

const text = words({
  writtenBy: { nb: 'Skrevet av', en: 'Written by' },
  fromHevd: { nb: 'Fra en ny utgave av Hevd', en: 'From a newer Hevd' },
  begun: { nb: 'begynt', en: 'begun' },
  trial: { nb: 'Prøvekjøring', en: 'Dry run' },
  trialNote: { nb: 'Ingenting blir lagret', en: 'Nothing is stored' },
  empty: { nb: 'Utkastet endrer ingenting', en: 'The draft changes nothing' },
  emptyWhy: {
    nb: 'Alt som sto her, er tatt ut eller gjelder allerede. Åpne en kontroll og velg «Endre» for å skrive noe nytt.',
    en: 'All that stood here was taken out or is already in force. Open a control and choose “Change” to write something new.',
  },
})

/** A draft from the top: where it stands and what comes next; then what it would change, and what that would lead to. */
export default function Draft() {
  const id = useParam('id')
  const detail = useResource<DraftDetail>(`/api/policy/drafts/${encodeURIComponent(id)}`, 15_000)
  return (
    <Loaded of={detail} lines={8}>
      {(draft) => <Content draft={draft} />}
    </Loaded>
  )
}

function Content({ draft }: { readonly draft: DraftDetail }) {
  const said = useWords(text)
  const sources = useWords(draftSourceWords)
  const { title, source, madeBy, madeAt, changes, state } = draft
  const mayTry = useMayChange() && (state === 'open' || state === 'submitted')
  return (
    <Page
      title={title}
      lead={
        <>
          {madeBy === null ? (
            said.fromHevd
          ) : (
            <>
              {said.writtenBy} <Writers of={draft} />
            </>
          )}
          , {said.begun} <When at={madeAt} />
          {source !== 'person' && madeBy !== null && ` (${sources[source]})`}
        </>
      }
    >
      <div className="mb-12">
        <DraftDecision draft={draft} />
      </div>
      {changes.length === 0 && <EmptyState title={said.empty}>{said.emptyWhy}</EmptyState>}
      {changes.map((change) => (
        <DraftControl key={change.control} draft={draft} of={change} />
      ))}
      {mayTry && changes.length > 0 && (
        <Section title={said.trial} note={said.trialNote}>
          <Trial key={draft.version} draft={draft} />
        </Section>
      )}
    </Page>
  )
}
