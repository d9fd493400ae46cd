import type { MadeToken } from '@hevd/residency/contract'
import {
  Button,
  call,
  Day,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  TextField,
  useAction,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  title: { nb: 'Lag et token', en: 'Make a token' },
  what: {
    nb: 'Applikasjonen viser det når den spør. Vi beholder bare et avtrykk av det.',
    en: 'The application shows it when it asks. We keep a hash of it alone.',
  },
  service: { nb: 'Tjeneste', en: 'Service' },
  serviceHelp: { nb: 'Tjenester legges inn under Personer.', en: 'Services are entered under People.' },
  choose: { nb: 'Velg …', en: 'Choose …' },
  reports: { nb: 'Kan også melde hvor data er plassert', en: 'May also report where data was placed' },
  until: { nb: 'Siste dag', en: 'Last day' },
  untilHelp: { nb: 'Høyst et år fram.', en: 'At most a year ahead.' },
  make: { nb: 'Lag tokenet', en: 'Make the token' },
  token: { nb: 'Tokenet', en: 'The token' },
  once: {
    nb: 'Det vises bare nå. Det gjelder til og med',
    en: 'It is shown only now. It is good until',
  },
  copy: { nb: 'Kopier tokenet', en: 'Copy the token' },
  copied: { nb: 'Tokenet er kopiert', en: 'The token is copied' },
  done: { nb: 'Ferdig', en: 'Done' },
})

type Service = { readonly id: string; readonly name: string }

/** Makes a token for a named service, and shows it once. */
export default function MakeToken({ onClose }: { onClose(): void }) {
  const said = useWords(text)
  const [made, setMade] = useState<MadeToken | null>(null)
  return (
    <Dialog open onClose={onClose} title={said.title} {...(made === null ? { description: said.what } : {})}>
      {made === null ? (
        <TokenForm onMade={setMade} onClose={onClose} />
      ) : (
        <Shown made={made} onClose={onClose} />
      )}
    </Dialog>
  )
}

function TokenForm({ onMade, onClose }: { onMade(made: MadeToken): void; onClose(): void }) {
  const said = useWords(text)
  const services = useResource<readonly Service[]>('/api/services').data ?? []
  const [service, setService] = useState('')
  const [until, setUntil] = useState('')
  const [reports, setReports] = useState(true)
  const making = useAction({
    call: (body: object) => call<MadeToken>('POST', '/api/residency/tokens', body),
    refreshes: ['/api/residency/tokens'],
  })
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await making.run({ service, reports, until })
    if (outcome.ok) onMade(outcome.answer)
  }
  return (
    <form onSubmit={(event) => void make(event)} className="flex flex-col gap-5">
      <SelectField
        label={said.service}
        help={said.serviceHelp}
        required
        value={service}
        onChange={({ target }) => setService(target.value)}
      >
        <option value="">{said.choose}</option>
        {services.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={said.until}
        help={said.untilHelp}
        type="date"
        required
        value={until}
        onChange={({ target }) => setUntil(target.value)}
      />
      <label className="flex min-h-6 items-center gap-3">
        <input type="checkbox" checked={reports} onChange={({ target }) => setReports(target.checked)} />
        {said.reports}
      </label>
      <Fault problem={making.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="main" type="submit" running={making.running}>
          {said.make}
        </Button>
      </DialogActions>
    </form>
  )
}

function Shown({ made, onClose }: { readonly made: MadeToken; onClose(): void }) {
  const said = useWords(text)
  const [copied, setCopied] = useState(false)
  return (
    <>
      <div role="status">
        <p className="mb-1.5 font-medium">
          {said.token} · {made.service.name}
        </p>
        <p className="select-all break-all rounded-md bg-paper-2 px-3 py-2 font-mono text-sm">{made.token}</p>
        <p className="mt-2 text-ink-2 text-sm">
          {said.once} <Day date={made.until} />.
        </p>
      </div>
      <div className="mt-8 flex flex-wrap gap-3">
        <Button
          weight="main"
          onClick={() => void navigator.clipboard.writeText(made.token).then(() => setCopied(true))}
        >
          {copied ? said.copied : said.copy}
        </Button>
        <Button onClick={onClose}>{said.done}</Button>
      </div>
    </>
  )
}
