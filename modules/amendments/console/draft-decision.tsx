import type { DraftDetail } from '@hevd/amendments/contract'
import {
  Button,
  ButtonLink,
  Link,
  places,
  useLocale,
  useMayChange,
  useReader,
  useWords,
  When,
  Who,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { type Step, StepDialog } from './draft-step.tsx'
import { draftStateWords } from './draft-words.ts'
import { Writers } from './writers.tsx'

const text = words({
  next: { nb: 'Neste steg', en: 'Next step' },
  toMend: {
    nb: (count: number) =>
      count === 1
        ? 'Ett sted må rettes før utkastet kan sendes. Det er merket nedenfor.'
        : `${count} steder må rettes før utkastet kan sendes. De er merket nedenfor.`,
    en: (count: number) =>
      count === 1
        ? 'One place must be mended before the draft can be sent. It is marked below.'
        : `${count} places must be mended before the draft can be sent. They are marked below.`,
  },
  mend: { nb: (title: string) => `Rett «${title}»`, en: (title: string) => `Mend “${title}”` },
  ready: {
    nb: 'Les forskjellene, prøv hva de ville ført til, og send utkastet til godkjenning.',
    en: 'Read the differences, try what they would lead to, and send the draft for approval.',
  },
  readerOpen: {
    nb: 'Utkastet er under arbeid. Policyen gjelder som den er.',
    en: 'The draft is being worked on. The policy stands as it is.',
  },
  submit: { nb: 'Send til godkjenning', en: 'Send for approval' },
  approve: { nb: 'Godkjenn', en: 'Approve' },
  reject: { nb: 'Avvis', en: 'Reject' },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  submittedBy: { nb: 'Sendt av', en: 'Sent by' },
  writtenBy: { nb: 'Skrevet av', en: 'Written by' },
  youApprove: {
    nb: 'Det er ikke ditt, og du kan godkjenne.',
    en: 'It is not yours, and you may approve.',
  },
  youAlone: {
    nb: 'Det er ditt eget, og du er den eneste administratoren. Godkjenningen vises som «én godkjenner».',
    en: 'It is your own, and you are the only administrator. The approval is shown as “single approver”.',
  },
  approvedBy: { nb: 'Godkjent av', en: 'Approved by' },
  rejectedBy: { nb: 'Avvist av', en: 'Rejected by' },
  withdrawnBy: { nb: 'Trukket tilbake av', en: 'Withdrawn by' },
  single: { nb: 'én godkjenner', en: 'single approver' },
  toPolicy: { nb: 'Se policyen', en: 'See the policy' },
})

/** Where a draft stands, what comes next, and one thing to do. */
export function DraftDecision({ draft }: { readonly draft: DraftDetail }) {
  const said = useWords(text)
  const states = useWords(draftStateWords)
  return (
    <div className="flex max-w-[44rem] flex-col gap-3">
      <p className="font-medium text-lg">{states[draft.state]}</p>
      {draft.state === 'open' ? (
        <Open draft={draft} />
      ) : draft.state === 'submitted' ? (
        <Submitted draft={draft} />
      ) : (
        <>
          <Decided draft={draft} />
          {draft.state === 'published' && (
            <p>
              <Link to={places.policy} className="text-link">
                {said.toPolicy}
              </Link>
            </p>
          )}
        </>
      )}
    </div>
  )
}

function Open({ draft }: { readonly draft: DraftDetail }) {
  const said = useWords(text)
  const locale = useLocale()
  const mayChange = useMayChange()
  const [asking, setAsking] = useState<Step | null>(null)
  const held = draft.changes.reduce(
    (count, { faults, overtaken }) => count + faults.length + (overtaken === null ? 0 : 1),
    0,
  )
  if (!mayChange) return <p className="text-ink-2">{said.readerOpen}</p>
  const empty = draft.changes.length === 0
  const first = draft.changes.find(({ faults, overtaken }) => faults.length > 0 || overtaken !== null)
  return (
    <>
      {!empty && (
        <p className="border-accent border-l-2 pl-4">
          <span className="font-medium">{said.next}:</span> {held > 0 ? said.toMend(held) : said.ready}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-3">
        {first !== undefined && (
          <ButtonLink weight="main" to={places.changeControl(first.control, draft.id)}>
            {said.mend(first.title[locale])}
          </ButtonLink>
        )}
        {held === 0 && !empty && (
          <Button weight="main" onClick={() => setAsking('submit')}>
            {said.submit}
          </Button>
        )}
        <Button onClick={() => setAsking('withdraw')}>{said.withdraw}</Button>
      </div>
      <StepDialog draft={draft} step={asking} onClose={() => setAsking(null)} />
    </>
  )
}

function Submitted({ draft }: { readonly draft: DraftDetail }) {
  const said = useWords(text)
  const locale = useLocale()
  const reader = useReader()
  const mayChange = useMayChange()
  const [asking, setAsking] = useState<Step | null>(null)
  const { mayApprove, mayNotApproveBecause, submittedBy, submittedAt } = draft
  const own =
    reader !== null && (draft.editors.length === 0 ? [submittedBy] : draft.editors).includes(reader.id)
  return (
    <>
      <p className="text-ink-2">
        {draft.editors.length > 0 && (
          <>
            {said.writtenBy} <Writers of={draft} />.
          </>
        )}
        {submittedBy !== null && submittedAt !== null && (
          <>
            {' '}
            {said.submittedBy} <Who id={submittedBy} /> <When at={submittedAt} />.
          </>
        )}
      </p>
      {mayChange && (
        <p className="border-accent border-l-2 pl-4">
          {mayApprove ? (own ? said.youAlone : said.youApprove) : mayNotApproveBecause?.[locale]}
        </p>
      )}
      {mayChange && (
        <div className="mt-2 flex flex-wrap gap-3">
          {mayApprove && (
            <>
              <Button weight="main" onClick={() => setAsking('approve')}>
                {said.approve}
              </Button>
              {!own && <Button onClick={() => setAsking('reject')}>{said.reject}</Button>}
            </>
          )}
          {(own || !mayApprove) && <Button onClick={() => setAsking('withdraw')}>{said.withdraw}</Button>}
        </div>
      )}
      <StepDialog draft={draft} step={asking} onClose={() => setAsking(null)} />
    </>
  )
}

function Decided({ draft }: { readonly draft: DraftDetail }) {
  const said = useWords(text)
  const { state, decidedBy, decidedAt, single, remark } = draft
  const by =
    state === 'published' ? said.approvedBy : state === 'rejected' ? said.rejectedBy : said.withdrawnBy
  return (
    <>
      {decidedBy !== null && decidedAt !== null && (
        <p className="text-ink-2">
          {by} <Who id={decidedBy} /> <When at={decidedAt} />
          {single && ` (${said.single})`}
        </p>
      )}
      {remark !== null && <p className="border-line-2 border-l-2 pl-4">{remark}</p>}
    </>
  )
}
