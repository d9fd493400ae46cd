import type { Evidence as EvidenceView } from '@hevd/posture/contract'
import {
  Code,
  EmptyState,
  Facts,
  Link,
  Loaded,
  Page,
  places,
  Section,
  useLocale,
  useQueryText,
  useResource,
  useWords,
  VerdictLine,
  When,
  words,
} from '@hevd/ui'
import { AskException } from './ask-exception.tsx'
import { History } from './history.tsx'
import { Lookups } from './lookups.tsx'
import { Remarks } from './remarks.tsx'

const text = words({
  basis: { nb: 'Grunnlag', en: 'Evidence' },
  judgedFrom: { nb: 'Vurdert ut fra', en: 'Judged from' },
  history: { nb: 'Tidligere', en: 'Before' },
  proof: { nb: 'Bevis', en: 'Proof' },
  judgedAt: { nb: 'Bedømt', en: 'Judged' },
  policyDigest: { nb: 'Ordlyd og krav', en: 'Words and requirements' },
  testsDigest: { nb: 'Testene', en: 'The tests' },
  inputsDigest: { nb: 'Det den så', en: 'What it saw' },
  nothing: { nb: 'Bedømmingen så ikke etter noe', en: 'The judgement looked at nothing' },
})

/** One finding: the verdict, what it was judged from, how it stood before, and asking for an exception. */
export default function Evidence() {
  const [query] = useQueryText()
  const asked = new URLSearchParams({ test: query.get('test') ?? '', subject: query.get('subject') ?? '' })
  const evidence = useResource<EvidenceView>(`/api/evidence?${asked}`)
  return (
    <Loaded of={evidence} lines={6}>
      {(view) => <Content view={view} />}
    </Loaded>
  )
}

function Content({ view }: { readonly view: EvidenceView }) {
  const said = useWords(text)
  const locale = useLocale()
  const { finding } = view
  return (
    <Page
      title={finding.subject.name}
      lead={
        <Link to={places.control(finding.control)} className="text-link">
          {finding.controlTitle[locale]}
        </Link>
      }
    >
      <div className="mb-12 flex max-w-[44rem] flex-col gap-3">
        <div className="text-lg">
          <VerdictLine
            state={finding.state}
            since={finding.failingSince ?? finding.since}
            until={finding.verdict === 'fails' ? null : finding.until}
          />
        </div>
        {finding.why !== null && <p>{finding.why.text[locale]}</p>}
        <Remarks of={finding} />
        {finding.verdict === 'fails' && finding.exception === null && <AskException finding={finding} />}
      </div>
      <Section title={said.judgedFrom}>
        {view.lookups.length === 0 ? <EmptyState title={said.nothing} /> : <Lookups of={view.lookups} />}
      </Section>
      <Section title={said.history}>
        <History of={view} />
      </Section>
      <Section title={said.proof}>
        <Facts
          of={[
            [said.judgedAt, <When key="at" at={view.judgedAt} />],
            [said.policyDigest, <Code key="policy">{view.policyDigest}</Code>],
            [said.testsDigest, <Code key="tests">{view.testsDigest}</Code>],
            [said.inputsDigest, <Code key="inputs">{view.inputsDigest}</Code>],
          ]}
        />
      </Section>
    </Page>
  )
}
