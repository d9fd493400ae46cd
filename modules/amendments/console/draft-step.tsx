import type { DraftDetail } from '@hevd/amendments/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  TextArea,
  useAction,
  useReader,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  submitTitle: { nb: 'Sende utkastet til godkjenning?', en: 'Send the draft for approval?' },
  submitWhat: {
    nb: 'En administrator som ikke har skrevet i det, godkjenner eller avviser. Endrer du det mens det venter, må det sendes på nytt.',
    en: 'An administrator who has not written in it approves or rejects. If you change it while it waits, it must be sent anew.',
  },
  submit: { nb: 'Send til godkjenning', en: 'Send for approval' },
  submitted: { nb: 'Utkastet er sendt til godkjenning.', en: 'The draft was sent for approval.' },
  approveTitle: { nb: 'Godkjenne utkastet?', en: 'Approve the draft?' },
  approveWhat: {
    nb: 'Teksten gjelder fra nå, og testene måler etter den. Den offentlige siden viser den innen et minutt, og godkjenningen står i loggen for alltid.',
    en: 'The text takes effect now, and the tests measure by it. The public page shows it within a minute, and the approval stands in the log for ever.',
  },
  approveAlone: {
    nb: 'Du har skrevet utkastet selv. Det vises overalt at bare én har sett på det.',
    en: 'You wrote the draft yourself. It shows everywhere that only one person looked at it.',
  },
  approve: { nb: 'Godkjenn', en: 'Approve' },
  approved: { nb: 'Utkastet er godkjent og gjelder nå.', en: 'The draft was approved and is in force.' },
  rejectTitle: { nb: 'Avvise utkastet?', en: 'Reject the draft?' },
  rejectWhat: {
    nb: 'Policyen gjelder som den er. Den som skrev, ser hvorfor.',
    en: 'The policy stands as it is. The writer sees why.',
  },
  remark: { nb: 'Hvorfor?', en: 'Why?' },
  reject: { nb: 'Avvis', en: 'Reject' },
  rejected: { nb: 'Utkastet er avvist.', en: 'The draft was rejected.' },
  withdrawTitle: { nb: 'Trekke utkastet tilbake?', en: 'Withdraw the draft?' },
  withdrawWhat: {
    nb: 'Det legges bort og kan ikke tas opp igjen. Policyen gjelder som den er.',
    en: 'It is put away and cannot be taken up again. The policy stands as it is.',
  },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  withdrawn: { nb: 'Utkastet er trukket tilbake.', en: 'The draft was withdrawn.' },
})

export type Step = 'submit' | 'approve' | 'reject' | 'withdraw'

const grave: readonly Step[] = ['reject', 'withdraw']
const done = {
  submit: text.submitted,
  approve: text.approved,
  reject: text.rejected,
  withdraw: text.withdrawn,
} as const
/** Everything that an approval may show otherwise. */
const refreshes = ['/api/policy', '/api/controls', '/api/findings', '/api/exceptions', '/api/trust']

/** Asks once more before a step of a draft is taken, and says what it leads to. */
export function StepDialog({
  draft,
  step,
  onClose,
}: {
  readonly draft: DraftDetail
  readonly step: Step | null
  onClose(): void
}) {
  if (step === null) return null
  return <Asking key={step} draft={draft} step={step} onClose={onClose} />
}

function Asking({
  draft,
  step,
  onClose,
}: {
  readonly draft: DraftDetail
  readonly step: Step
  onClose(): void
}) {
  const said = useWords(text)
  const reader = useReader()
  const [remark, setRemark] = useState('')
  const alone = step === 'approve' && reader !== null && draft.editors.includes(reader.id)
  const taking = useAction({
    call: () =>
      call<unknown>('POST', `/api/policy/drafts/${draft.id}/${step}`, {
        version: draft.version,
        ...(step === 'reject' ? { remark } : {}),
      }),
    refreshes,
    done: done[step],
  })
  const take = async (event: FormEvent) => {
    event.preventDefault()
    if ((await taking.run(undefined)).ok) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={said[`${step}Title`]}
      description={
        <>
          <p>{said[`${step}What`]}</p>
          {alone && <p className="mt-2">{said.approveAlone}</p>}
        </>
      }
    >
      <form onSubmit={(event) => void take(event)}>
        {step === 'reject' && (
          <TextArea
            label={said.remark}
            minLength={3}
            maxLength={2000}
            required
            value={remark}
            onChange={({ target }) => setRemark(target.value)}
          />
        )}
        <Fault problem={taking.problem} />
        <DialogActions onClose={onClose}>
          <Button weight={grave.includes(step) ? 'grave' : 'main'} type="submit" running={taking.running}>
            {said[step]}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
