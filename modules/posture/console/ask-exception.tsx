import type { ExceptionView, FindingView, ExceptionTrial as Tried } from '@hevd/posture/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  now,
  TextArea,
  TextField,
  useAction,
  useMayChange,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { ExceptionTrial } from './exception-trial.tsx'

const text = words({
  ask: { nb: 'Be om unntak', en: 'Ask for an exception' },
  what: {
    nb: 'Et unntak godtar avviket for en tid. Det skjuler det ikke, og noen andre må godkjenne det.',
    en: 'An exception accepts the failure for a time. It does not hide it, and somebody else must approve it.',
  },
  reason: { nb: 'Hvorfor kan dette vente?', en: 'Why can this wait?' },
  reasonHelp: {
    nb: 'Minst ti tegn. Leses av den som godkjenner, og av revisor.',
    en: 'At least ten characters. Read by the one who approves, and by the auditor.',
  },
  until: { nb: 'Til og med', en: 'Until' },
  untilHelp: {
    nb: 'Unntaket faller bort av seg selv etter denne dagen.',
    en: 'The exception ends by itself after this day.',
  },
  try: { nb: 'Hva ville dette dekket?', en: 'What would this cover?' },
  send: { nb: 'Send til godkjenning', en: 'Send for approval' },
  done: { nb: 'Forespørselen er sendt til godkjenning.', en: 'The request was sent for approval.' },
})

const month = 30 * 86_400_000

/** Asks that one failure be accepted for a time. */
export function AskException({ finding }: { readonly finding: FindingView }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(() => new Date(now() + month).toISOString().slice(0, 10))
  const asking = useAction({
    call: (body: { test: string; subject: string; reason: string; until: number }) =>
      call<ExceptionView>('POST', '/api/exceptions', body),
    refreshes: ['/api/exceptions', '/api/evidence', '/api/findings'],
    done: text.done,
  })
  const trying = useAction({
    call: (body: { test: string; subject: string; until: number }) =>
      call<Tried>('POST', '/api/exceptions/trial', body),
    refreshes: [],
  })
  if (!mayChange) return null
  const about = () => ({
    test: finding.test,
    subject: finding.subject.id,
    until: new Date(`${until}T23:59:59`).getTime(),
  })
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const body = { ...about(), reason }
    if ((await asking.run(body)).ok) setOpen(false)
  }
  return (
    <div className="mt-2">
      <Button onClick={() => setOpen(true)}>{said.ask}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={said.ask} description={said.what}>
        <form onSubmit={(event) => void send(event)} className="flex flex-col gap-5">
          <TextArea
            label={said.reason}
            help={said.reasonHelp}
            value={reason}
            minLength={10}
            required
            onChange={(event) => setReason(event.target.value)}
          />
          <TextField
            label={said.until}
            help={said.untilHelp}
            type="date"
            value={until}
            required
            onChange={(event) => {
              setUntil(event.target.value)
              trying.reset()
            }}
          />
          <div>
            <Button running={trying.running} disabled={until === ''} onClick={() => void trying.run(about())}>
              {said.try}
            </Button>
          </div>
          {trying.answer !== null && <ExceptionTrial of={trying.answer} />}
          <Fault problem={asking.problem ?? trying.problem} />
          <DialogActions onClose={() => setOpen(false)}>
            <Button weight="main" type="submit" running={asking.running}>
              {said.send}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </div>
  )
}
