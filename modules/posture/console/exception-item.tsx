import type { ExceptionView } from '@hevd/posture/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  Link,
  places,
  useAction,
  useLocale,
  useMayChange,
  useWords,
  When,
  Who,
  words,
} from '@hevd/ui'
import { useState } from 'react'

const text = words({
  askedBy: { nb: 'Bedt om av', en: 'Asked for by' },
  approvedBy: { nb: 'godkjent av', en: 'approved by' },
  single: { nb: 'samme person ba om og godkjente', en: 'single approver' },
  until: { nb: 'Til', en: 'Until' },
  approve: { nb: 'Godkjenn', en: 'Approve' },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  approveTitle: { nb: 'Godkjenne unntaket?', en: 'Approve the exception?' },
  approveWhat: {
    nb: 'Avviket vises da som unntak til tiden er ute. Godkjenningen står i loggen for alltid.',
    en: 'The failure then shows as an exception until its time is up. The approval stands in the log for ever.',
  },
  withdrawTitle: { nb: 'Trekke unntaket tilbake?', en: 'Withdraw the exception?' },
  withdrawWhat: {
    nb: 'Avviket vises da straks som ikke overholdt.',
    en: 'The failure then shows as not upheld at once.',
  },
  approved: { nb: 'Unntaket er godkjent.', en: 'The exception was approved.' },
  withdrawn: { nb: 'Unntaket er trukket tilbake.', en: 'The exception was withdrawn.' },
})

const refreshes = ['/api/exceptions', '/api/findings', '/api/policy', '/api/controls', '/api/evidence']

/** One exception: what it covers, why, until when, who asked and who approved; and what can be done with it. */
export function ExceptionItem({ exception }: { readonly exception: ExceptionView }) {
  const said = useWords(text)
  const locale = useLocale()
  const { subject, covers, reason, until, requestedBy, requestedAt, approvedBy, singleApprover } = exception
  return (
    <li className="grid grid-cols-1 gap-x-12 gap-y-3 border-line border-b py-6 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="max-w-measure">
        <p className="font-medium">
          <Link to={places.evidence(exception.test, subject.id)} className="hover:text-accent">
            {subject.name}
          </Link>
        </p>
        <p className="text-ink-2">{covers.text[locale]}</p>
        <p className="mt-3 border-excepted border-l-2 pl-4">{reason}</p>
        <p className="mt-3 text-ink-2 text-sm">
          {said.until} <When at={until} /> · {said.askedBy} <Who id={requestedBy} /> <When at={requestedAt} />
          {approvedBy !== null && (
            <>
              {' · '}
              {said.approvedBy} <Who id={approvedBy} />
            </>
          )}
          {singleApprover && ` (${said.single})`}
        </p>
      </div>
      <Decide exception={exception} />
    </li>
  )
}

function Decide({ exception }: { readonly exception: ExceptionView }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [asking, setAsking] = useState<'approve' | 'withdraw' | null>(null)
  const path = `/api/exceptions/${encodeURIComponent(exception.id)}`
  const approving = useAction({
    call: () => call('POST', `${path}/approve`),
    refreshes,
    done: text.approved,
  })
  const withdrawing = useAction({ call: () => call('DELETE', path), refreshes, done: text.withdrawn })
  const chosen = asking === 'withdraw' ? withdrawing : approving
  if (!mayChange || (exception.state !== 'requested' && exception.state !== 'in-force')) return null
  const leave = () => {
    chosen.reset()
    setAsking(null)
  }
  const decide = async () => {
    if ((await chosen.run(undefined)).ok) setAsking(null)
  }
  return (
    <div className="flex flex-wrap items-start gap-3">
      {exception.state === 'requested' && (
        <Button weight="main" onClick={() => setAsking('approve')}>
          {said.approve}
        </Button>
      )}
      <Button onClick={() => setAsking('withdraw')}>{said.withdraw}</Button>
      <Dialog
        open={asking !== null}
        onClose={leave}
        title={asking === 'withdraw' ? said.withdrawTitle : said.approveTitle}
        description={asking === 'withdraw' ? said.withdrawWhat : said.approveWhat}
      >
        <Fault problem={chosen.problem} />
        <DialogActions onClose={leave}>
          <Button
            weight={asking === 'withdraw' ? 'grave' : 'main'}
            running={chosen.running}
            onClick={() => void decide()}
          >
            {asking === 'withdraw' ? said.withdraw : said.approve}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  )
}
