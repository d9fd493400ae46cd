import type { ReplayView } from '@hevd/posture/contract'
import { Code, Facts, Loaded, Mark, useLocale, useResource, useWords, When, words } from '@hevd/ui'
import { Lookups } from './lookups.tsx'

const text = words({
  same: {
    nb: 'Samme svar. Det lagrede grunnlaget gir den samme bedømmingen i dag.',
    en: 'The same answer. What was stored gives the same judgement today.',
  },
  otherTests: {
    nb: 'Et annet svar, fordi testen er endret siden. I dag ville den sagt:',
    en: 'Another answer, because the test has changed since. Today it would say:',
  },
  differs: {
    nb: 'Et annet svar av de samme testene. Det skal ikke kunne skje; meld fra. I dag sier den:',
    en: 'Another answer by the same tests. That must not happen; report it. Today it says:',
  },
  notAsked: {
    nb: 'Testen finnes ikke lenger, eller den spør i dag etter noe som ikke ble lest den gangen.',
    en: 'The test is no more, or it asks today for something that was not read then.',
  },
  outside: { nb: 'Utenfor det kontrollen gjelder.', en: 'Outside what the control speaks of.' },
  judgedAt: { nb: 'Bedømt som om det var', en: 'Judged as of' },
  policyDigest: { nb: 'Ordlyd og krav', en: 'Words and requirements' },
  testsDigest: { nb: 'Testene', en: 'The tests' },
  inputsDigest: { nb: 'Det den så', en: 'What it saw' },
})

/** One version of a finding, judged once more from its stored inputs; of a period where one is given. */
export function Replay({
  period,
  ...which
}: {
  readonly test: string
  readonly subject: string
  readonly at: number
  readonly period?: string
}) {
  const asked = new URLSearchParams({ ...which, at: String(which.at) })
  const path = period === undefined ? '/api' : `/api/periods/${encodeURIComponent(period)}`
  const replay = useResource<ReplayView>(`${path}/replay?${asked}`)
  return (
    <Loaded of={replay} lines={3}>
      {(view) => <Outcome view={view} />}
    </Loaded>
  )
}

function Outcome({ view }: { readonly view: ReplayView }) {
  const said = useWords(text)
  const { again, same, otherTests } = view
  const outcome = same
    ? said.same
    : again === null
      ? said.notAsked
      : otherTests
        ? said.otherTests
        : said.differs
  return (
    <div className="flex flex-col gap-6">
      <div>
        <p>{outcome}</p>
        {!same && again !== null && <Again of={again} />}
      </div>
      <Lookups of={view.lookups} />
      <Facts
        of={[
          [said.judgedAt, <When key="at" at={view.judgedAt} />],
          [said.policyDigest, <Code key="policy">{view.policyDigest}</Code>],
          [said.testsDigest, <Code key="tests">{view.testsDigest}</Code>],
          [said.inputsDigest, <Code key="inputs">{view.inputsDigest}</Code>],
        ]}
      />
    </div>
  )
}

function Again({ of: { verdict, why } }: { readonly of: NonNullable<ReplayView['again']> }) {
  const said = useWords(text)
  const locale = useLocale()
  if (verdict === 'outside') return <p className="mt-1 text-ink-2">{said.outside}</p>
  return (
    <p className="mt-1">
      <Mark state={verdict} /> <span className="text-ink-2">{why?.text[locale]}</span>
    </p>
  )
}
