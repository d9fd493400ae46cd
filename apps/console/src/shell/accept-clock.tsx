import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  numeral,
  useAction,
  useLocale,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'

const text = words({
  open: { nb: 'Klokken er riktig nå …', en: 'The clock is right now …' },
  title: { nb: 'Er databasens klokke riktig nå?', en: 'Is the database’s clock right now?' },
  what: {
    nb: (seconds: string) =>
      `Klokken hoppet ${seconds} sekunder. Frister og utløp regnes fra det den viser nå. Sammenlign med en klokke du stoler på, og bekreft bare hvis de er enige. Det står i loggen hvem som bekreftet, og hvor langt klokken hadde hoppet.`,
    en: (seconds: string) =>
      `The clock jumped ${seconds} seconds. Deadlines and expiry go by what it shows now. Compare it with a clock that you trust, and confirm only if they agree. The log will say who confirmed it and how far the clock had jumped.`,
  },
  confirm: { nb: 'Klokken er riktig', en: 'The clock is right' },
  done: { nb: 'Bekreftet. Bedømmingen går videre.', en: 'Confirmed. Judging goes on.' },
})

/** An administrator says that a clock which jumped is right where it stands. */
export function AcceptClock({ seconds }: { readonly seconds: number }) {
  const said = useWords(text)
  const locale = useLocale()
  const [open, setOpen] = useState(false)
  const accepting = useAction({
    call: (body: { seconds: number }) => call<null>('POST', '/api/judging/clock', body),
    refreshes: ['/api/'],
    done: text.done,
  })
  const leave = () => setOpen(false)
  const accept = async () => {
    if ((await accepting.run({ seconds })).ok) leave()
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{said.open}</Button>
      <Dialog
        open={open}
        onClose={leave}
        title={said.title}
        description={said.what(numeral(seconds, locale))}
      >
        <Fault problem={accepting.problem} />
        <DialogActions onClose={leave}>
          <Button weight="main" running={accepting.running} onClick={() => void accept()}>
            {said.confirm}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
