import type { EntryView, LogName } from '@hevd/ledger/contract'
import {
  Code,
  EmptyState,
  Facts,
  Link,
  Loaded,
  numeral,
  Page,
  places,
  Section,
  useLocale,
  useParam,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { EntryProof } from './entry-proof.tsx'
import { kindOf } from './kinds.ts'

const text = words({
  entry: { nb: 'Oppføring', en: 'Entry' },
  internal: { nb: 'Intern logg', en: 'Internal log' },
  public: { nb: 'Offentlig logg', en: 'Public log' },
  content: { nb: 'Innhold', en: 'Content' },
  personal: { nb: 'Personopplysninger', en: 'Personal data' },
  personalNote: {
    nb: 'Ligger kryptert ved siden av loggen. I loggen står bare en forpliktelse.',
    en: 'Kept sealed beside the log. The log itself has only a commitment.',
  },
  erased: { nb: 'slettet', en: 'erased' },
  hidden: { nb: 'ikke åpnet for deg', en: 'not opened for you' },
  identity: { nb: 'Kjennetegn', en: 'Identity' },
  leafHash: { nb: 'Bladets hash', en: 'Leaf hash' },
  proof: { nb: 'Bevis', en: 'Proof' },
  none: { nb: 'Oppføringen finnes ikke', en: 'There is no such entry' },
})

/** One entry: what was hashed, what is sealed beside it, and its proof. */
export default function Entry() {
  const said = useWords(text)
  const log: LogName = useParam('log') === 'public' ? 'public' : 'internal'
  const index = Number(useParam('index'))
  const page = useResource<{ readonly items: readonly EntryView[] }>(
    `/api/logs/${log}/entries?before=${index + 1}&limit=1`,
  )
  return (
    <Loaded of={page} lines={6}>
      {({ items: [entry] }) =>
        entry === undefined || entry.index !== index ? (
          <Page title={said.entry}>
            <EmptyState title={said.none} />
          </Page>
        ) : (
          <Content log={log} entry={entry} />
        )
      }
    </Loaded>
  )
}

function Content({ log, entry }: { readonly log: LogName; readonly entry: EntryView }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <Page
      title={`${kindOf(entry.kind, locale)}`}
      lead={
        <>
          <Link to={log === 'public' ? places.publicLedger : places.ledger} className="text-link">
            {said[log]}
          </Link>
          , {said.entry.toLowerCase()} {numeral(entry.index, locale)} · <When at={entry.at} />
        </>
      }
    >
      <Section title={said.content}>
        <pre className="overflow-x-auto whitespace-pre-wrap break-all rounded-md bg-paper-2 p-4 font-mono text-sm">
          {JSON.stringify(entry.body, null, 2)}
        </pre>
      </Section>
      {entry.personal.length > 0 && (
        <Section title={said.personal} note={said.personalNote}>
          <Facts
            of={entry.personal.map(({ field, payload, erased }) => [
              field,
              erased ? (
                said.erased
              ) : payload === null ? (
                said.hidden
              ) : (
                <Code key={field}>{JSON.stringify(payload)}</Code>
              ),
            ])}
          />
        </Section>
      )}
      <Section title={said.identity}>
        <Facts
          of={[
            ['id', <Code key="id">{entry.id}</Code>],
            [said.leafHash, <Code key="hash">{entry.leafHash}</Code>],
          ]}
        />
      </Section>
      <Section title={said.proof}>
        <EntryProof log={log} index={entry.index} />
      </Section>
    </Page>
  )
}
