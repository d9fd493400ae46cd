import type { Reader } from '@hevd/backups/contract'
import {
  Button,
  Code,
  call,
  Day,
  Dialog,
  DialogActions,
  Facts,
  Fault,
  useAction,
  useMayChange,
  useReader,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { backupsRefreshes } from './source-words.ts'

const text = words({
  decide: { nb: 'Avgjør', en: 'Decide' },
  end: { nb: 'Avslutt', en: 'End' },
  title: { nb: 'Skal dette godkjennes?', en: 'Should this be approved?' },
  endTitle: { nb: 'Avslutte leseren?', en: 'End this reader?' },
  endWhat: {
    nb: 'Dette tar ingenting ut av hendene på noen. Ta også mottakeren ut av planene, og kjør «hevd backups reencrypt», så kan de som ligger der, heller ikke leses.',
    en: 'This takes nothing out of anybody’s hands. Take the recipient out of the plans too, and run “hevd backups reencrypt”; then those that lie there cannot be read either.',
  },
  own: {
    nb: 'Du ba om det, så en annen administrator må godkjenne. Er du eneste administrator, kan du gjøre det selv, og det vises.',
    en: 'You asked for it, so another administrator must approve. If you are the only administrator you may, and it shows.',
  },
  who: { nb: 'Hvem', en: 'Who' },
  recipient: { nb: 'Mottaker', en: 'Recipient' },
  why: { nb: 'Formål', en: 'Purpose' },
  kept: { nb: 'Oppbevares', en: 'Kept' },
  from: { nb: 'Fra og med', en: 'From' },
  until: { nb: 'Til og med', en: 'Until' },
  askedBy: { nb: 'Bedt om av', en: 'Asked for by' },
  approve: { nb: 'Godkjenn', en: 'Approve' },
  refuse: { nb: 'Avslå', en: 'Refuse' },
  approved: { nb: 'Leseren er godkjent.', en: 'The reader was approved.' },
  refused: { nb: 'Leseren er avslått.', en: 'The reader was refused.' },
  ended: { nb: 'Leseren er avsluttet.', en: 'The reader was ended.' },
})

/** What may be done about a reader; nothing where it is over. */
export function DecideReader({ of }: { readonly of: Reader }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [open, setOpen] = useState(false)
  const live = of.state === 'in-force' || of.state === 'to-come'
  if (!mayChange || !(live || of.state === 'asked')) return null
  const word = live ? said.end : said.decide
  const close = () => setOpen(false)
  return (
    <>
      <Button
        weight="quiet"
        className="min-h-6 py-0"
        aria-label={`${word}: ${of.holder.name}`}
        onClick={() => setOpen(true)}
      >
        {word}
      </Button>
      {open && (live ? <End of={of} onClose={close} /> : <Decide of={of} onClose={close} />)}
    </>
  )
}

function ReaderFacts({
  of: { holder, recipient, purpose, keptAt, from, until, askedBy },
}: {
  readonly of: Reader
}) {
  const said = useWords(text)
  return (
    <Facts
      of={[
        [said.who, holder.name],
        [said.recipient, <Code key="recipient">{recipient}</Code>],
        [said.why, purpose],
        [said.kept, keptAt],
        [said.from, <Day key="from" date={from} />],
        [said.until, <Day key="until" date={until} />],
        [said.askedBy, askedBy.name],
      ]}
    />
  )
}

function useDeciding(of: Reader, name: 'approve' | 'refuse' | 'end', done: 'approved' | 'refused' | 'ended') {
  return useAction({
    call: () => call<unknown>('POST', `/api/backup-recipients/${of.id}/${name}`),
    refreshes: backupsRefreshes,
    done: text[done],
  })
}

function Decide({ of, onClose }: { readonly of: Reader; onClose(): void }) {
  const said = useWords(text)
  const own = useReader()?.id === of.askedBy.id
  const approving = useDeciding(of, 'approve', 'approved')
  const refusing = useDeciding(of, 'refuse', 'refused')
  return (
    <Dialog open onClose={onClose} title={said.title} {...(own ? { description: said.own } : {})}>
      <ReaderFacts of={of} />
      <Fault problem={approving.problem ?? refusing.problem} />
      <DialogActions onClose={onClose}>
        <Button
          weight={own ? 'plain' : 'main'}
          running={approving.running}
          onClick={() => void approving.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.approve}
        </Button>
        <Button
          running={refusing.running}
          onClick={() => void refusing.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.refuse}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function End({ of, onClose }: { readonly of: Reader; onClose(): void }) {
  const said = useWords(text)
  const ending = useDeciding(of, 'end', 'ended')
  return (
    <Dialog open onClose={onClose} title={said.endTitle} description={said.endWhat}>
      <ReaderFacts of={of} />
      <Fault problem={ending.problem} />
      <DialogActions onClose={onClose}>
        <Button
          weight="grave"
          running={ending.running}
          onClick={() => void ending.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.end}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
