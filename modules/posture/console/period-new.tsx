import type { NewPeriod as Body } from '@hevd/posture/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  now,
  places,
  TextField,
  useAction,
  useGo,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  title: { nb: 'Lag en periode', en: 'Make a period' },
  what: {
    nb: 'Hele dager i virksomhetens tidssone. Dagene kan ikke endres siden.',
    en: 'Whole days in the organisation’s time zone. The days cannot be changed later.',
  },
  name: { nb: 'Navn', en: 'Name' },
  firstDay: { nb: 'Første dag', en: 'First day' },
  lastDay: { nb: 'Siste dag', en: 'Last day' },
  save: { nb: 'Lag perioden', en: 'Make the period' },
  made: { nb: 'Perioden er laget.', en: 'The period was made.' },
})

/** Makes a period; last year is suggested. */
export function NewPeriod({ onClose }: { onClose(): void }) {
  const said = useWords(text)
  const go = useGo()
  const [draft, setDraft] = useState<Body>(lastYear)
  const making = useAction({
    call: (body: Body) => call<{ readonly id: string }>('POST', '/api/periods', body),
    refreshes: ['/api/periods'],
    done: text.made,
  })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await making.run(draft)
    if (outcome.ok) go(places.period(outcome.answer.id))
  }
  return (
    <Dialog open onClose={onClose} title={said.title} description={said.what}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <TextField
          label={said.name}
          required
          maxLength={120}
          value={draft.title}
          onChange={({ target }) => setDraft({ ...draft, title: target.value })}
        />
        <TextField
          label={said.firstDay}
          type="date"
          required
          value={draft.firstDay}
          onChange={({ target }) => setDraft({ ...draft, firstDay: target.value })}
        />
        <TextField
          label={said.lastDay}
          type="date"
          required
          min={draft.firstDay}
          value={draft.lastDay}
          onChange={({ target }) => setDraft({ ...draft, lastDay: target.value })}
        />
        <Fault problem={making.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={making.running}>
            {said.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function lastYear(): Body {
  const year = new Date(now()).getFullYear() - 1
  return { title: String(year), firstDay: `${year}-01-01`, lastDay: `${year}-12-31` }
}
