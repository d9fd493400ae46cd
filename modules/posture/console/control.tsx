import type { ControlDetail } from '@hevd/posture/contract'
import {
  ApprovedBy,
  Bands,
  ButtonLink,
  Link,
  Loaded,
  places,
  Section,
  useLocale,
  useMayChange,
  useParam,
  useResource,
  useTitle,
  useWords,
  VerdictLine,
  When,
  words,
} from '@hevd/ui'
import { ControlExceptions } from './control-exceptions.tsx'
import { ControlProof } from './control-proof.tsx'
import { ControlSubjects } from './control-subjects.tsx'
import { ControlTests } from './control-tests.tsx'
import { useCountsInWords } from './counts.ts'
import { NotApplicable } from './not-applicable.tsx'
import { NotProven } from './not-proven.tsx'
import { Parameters } from './parameters.tsx'
import { References } from './references.tsx'

const text = words({
  next: { nb: 'Neste steg', en: 'Next step' },
  subjects: { nb: 'Kontrollobjekter', en: 'Subjects' },
  subjectsNote: { nb: 'Det verste først', en: 'The worst first' },
  history: { nb: 'Siste året', en: 'The last year' },
  how: { nb: 'Slik gjør vi det', en: 'How we do it' },
  parameters: { nb: 'Krav', en: 'Requirements' },
  tests: { nb: 'Slik ser vi etter', en: 'How we look' },
  exceptions: { nb: 'Unntak', en: 'Exceptions' },
  references: { nb: 'Referanser', en: 'References' },
  proof: { nb: 'Bevis', en: 'Proof' },
  inForce: { nb: 'I kraft siden', en: 'In force since' },
  change: { nb: 'Endre', en: 'Change' },
  overdue: {
    nb: 'Dere har sagt at kontrollen ikke gjelder, men det er ikke vurdert igjen i tide. Den gjelder til noen har gjort det.',
    en: 'You have said that the control does not apply, but that was not reviewed in time. It applies until somebody has done so.',
  },
  toFindings: { nb: 'Se hva som må rettes', en: 'See what to mend' },
  toSources: { nb: 'Se kildene', en: 'See the sources' },
})

/** One promise from the top: is it upheld, since when, what next; then all it rests on. */
export default function Control() {
  const id = useParam('id')
  const detail = useResource<ControlDetail>(`/api/controls/${encodeURIComponent(id)}`, 15_000)
  return (
    <Loaded of={detail} lines={8}>
      {(control) => <Content control={control} />}
    </Loaded>
  )
}

function Content({ control }: { readonly control: ControlDetail }) {
  const said = useWords(text)
  const locale = useLocale()
  useTitle(control.title[locale])
  return (
    <article className="py-8 md:py-12">
      <header className="max-w-[44rem]">
        <h1 className="font-semibold font-serif text-2xl tracking-tight md:text-3xl">
          {control.title[locale]}
        </h1>
        <p className="mt-4 font-serif text-xl leading-relaxed">{control.statement[locale]}</p>
        <Approved control={control} />
      </header>
      <div className="mt-8 mb-12">
        <Standing control={control} />
      </div>
      {control.proven && (
        <Section title={said.subjects} note={said.subjectsNote}>
          <ControlSubjects control={control.id} />
        </Section>
      )}
      {control.history.length > 0 && (
        <Section title={said.history}>
          <Bands history={control.history} label={`${said.history}: ${control.title[locale]}`} />
        </Section>
      )}
      {control.tests.length > 0 && (
        <Section title={said.tests}>
          <ControlTests tests={control.tests} />
        </Section>
      )}
      <Section title={said.how}>
        <p className="max-w-measure font-serif text-lg">{control.how[locale]}</p>
      </Section>
      {control.parameters.length > 0 && (
        <Section title={said.parameters}>
          <Parameters of={control.parameters} />
        </Section>
      )}
      {control.proven && (
        <Section title={said.exceptions}>
          <ControlExceptions control={control.id} />
        </Section>
      )}
      <Section title={said.references}>
        <References of={control.references} />
      </Section>
      <Section title={said.proof}>
        <ControlProof control={control} />
      </Section>
    </article>
  )
}

/** Since when the words are in force, by whose approval, and the way to change them. */
function Approved({ control }: { readonly control: ControlDetail }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const { id, approvedAt, approvedBy, singleApprover } = control
  return (
    <p className="mt-3 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-ink-2 text-sm">
      {approvedAt !== null && (
        <span>
          {said.inForce} <When at={approvedAt} />, <ApprovedBy by={approvedBy} single={singleApprover} />
        </span>
      )}
      {mayChange && (
        <Link to={places.changeControl(id)} className="text-link not-on-paper">
          {said.change}
        </Link>
      )}
    </p>
  )
}

/** The verdict, why, since when, and one thing to do. */
function Standing({ control }: { readonly control: ControlDetail }) {
  const said = useWords(text)
  const locale = useLocale()
  const counts = useCountsInWords(control.counts)
  const { state, why, next, since, until, attested } = control
  if (control.notApplicable !== null && state === 'not-applicable') return <NotApplicable of={control} />
  if (!control.proven) return <NotProven next={next === null ? null : next[locale]} to={null} />
  return (
    <div className="flex max-w-[44rem] flex-col gap-3">
      <div className="text-lg">
        <VerdictLine
          state={state}
          since={since}
          until={state === 'fails' ? null : until}
          attested={attested}
        />
      </div>
      {counts !== null && <p className="text-ink-2">{counts}.</p>}
      {control.notApplicable?.overdue && <p>{said.overdue}</p>}
      {why !== null && state !== 'holds' && <p>{why.text[locale]}</p>}
      {next !== null && state !== 'holds' && (
        <p className="border-accent border-l-2 pl-4">
          <span className="font-medium">{said.next}:</span> {next[locale]}
        </p>
      )}
      {state === 'fails' && (
        <div className="mt-2">
          <ButtonLink weight="main" to={places.findings({ control: control.id, state: 'fails' })}>
            {said.toFindings}
          </ButtonLink>
        </div>
      )}
      {state === 'unknown' && (
        <div className="mt-2">
          <ButtonLink weight="main" to={places.feeds}>
            {said.toSources}
          </ButtonLink>
        </div>
      )}
    </div>
  )
}
