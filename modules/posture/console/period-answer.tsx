import type { NewAnswer } from '@hevd/posture/contract'
import { Button, call, Dialog, DialogActions, Fault, TextArea, useAction, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  answer: { nb: 'Svar', en: 'Answer' },
  title: { nb: 'Ledelsens svar', en: 'Management’s answer' },
  what: {
    nb: 'Hva skjedde, hva betydde det, og hva er gjort? Svaret står i rapporten, og en annen administrator signerer.',
    en: 'What happened, what did it mean, and what was done? The answer stands in the report, and another administrator signs.',
  },
  about: { nb: 'Svaret', en: 'The answer' },
  help: { nb: 'Minst ti tegn. Leses av revisor.', en: 'At least ten characters. Read by the auditor.' },
  save: { nb: 'Lagre svaret', en: 'Save the answer' },
  saved: { nb: 'Svaret er lagret.', en: 'The answer was saved.' },
})

/** Management's answer to a control, or to one deviation of it. A later one takes the place of an earlier one. */
export function PeriodAnswer({
  period,
  to,
  about,
}: {
  readonly period: string
  readonly to: Omit<NewAnswer, 'text'>
  /** What is answered, in words. */
  readonly about: string
}) {
  const said = useWords(text)
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const path = `/api/periods/${encodeURIComponent(period)}`
  const answering = useAction({
    call: (body: NewAnswer) => call<null>('POST', `${path}/answers`, body),
    refreshes: [path],
    done: text.saved,
  })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await answering.run({ ...to, text: words })).ok) setOpen(false)
  }
  return (
    <>
      <Button weight="quiet" aria-label={`${said.answer}: ${about}`} onClick={() => setOpen(true)}>
        {said.answer}
      </Button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title={said.title} description={said.what}>
          <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
            <p className="font-medium">{about}</p>
            <TextArea
              label={said.about}
              help={said.help}
              minLength={10}
              maxLength={4000}
              required
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
            <Fault problem={answering.problem} />
            <DialogActions onClose={() => setOpen(false)}>
              <Button weight="main" type="submit" running={answering.running}>
                {said.save}
              </Button>
            </DialogActions>
          </form>
        </Dialog>
      )}
    </>
  )
}
