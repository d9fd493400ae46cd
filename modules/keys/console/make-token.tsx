import type { MadeToken, MakingToken } from '@hevd/keys/contract'
import {
  Button,
  call,
  Day,
  Dialog,
  DialogActions,
  Fault,
  TextField,
  useAction,
  useMayChange,
  useReader,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { HolderField, type NamedHolder, useHolders } from './holder-field.tsx'

const text = words({
  title: { nb: 'Lag et token', en: 'Make a token' },
  what: {
    nb: 'Tjenesten eller du viser det når en nøkkel brukes. Vi beholder bare et avtrykk av det.',
    en: 'The service, or you, show it when a key is used. We keep a hash of it alone.',
  },
  holder: { nb: 'Hvem tokenet er for', en: 'Whom it is for' },
  holderHelp: {
    nb: 'En tjeneste, eller deg selv. Tjenester legges inn under Personer.',
    en: 'A service, or yourself. Services are entered under People.',
  },
  until: { nb: 'Siste dag', en: 'Last day' },
  untilHelp: { nb: 'Høyst et år fram.', en: 'At most a year ahead.' },
  sources: { nb: 'Adresser det kan brukes fra', en: 'Addresses it may be used from' },
  sourcesHelp: {
    nb: 'For eksempel 10.0.0.0/8, flere med komma mellom. Tomt: hvor som helst.',
    en: 'Such as 10.0.0.0/8, several with commas between. Empty: anywhere.',
  },
  make: { nb: 'Lag tokenet', en: 'Make the token' },
  token: { nb: 'Tokenet', en: 'The token' },
  once: {
    nb: 'Det vises bare nå. Legg det inn der det skal brukes, som VAULT_TOKEN. Det gjelder til og med',
    en: 'It is shown only now. Enter it where it is used, as VAULT_TOKEN. It is good until',
  },
  copy: { nb: 'Kopier tokenet', en: 'Copy the token' },
  copied: { nb: 'Tokenet er kopiert', en: 'The token is copied' },
  done: { nb: 'Ferdig', en: 'Done' },
})

/** Makes a token for a service, or for oneself, and shows it once. */
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
  const mayChange = useMayChange()
  const reader = useReader()
  const possible = useHolders().filter(
    ({ kind, id }) => id === reader?.id || (mayChange && kind === 'service'),
  )
  const [chosen, setChosen] = useState<NamedHolder | null>(null)
  const [until, setUntil] = useState('')
  const [sources, setSources] = useState('')
  const holder = mayChange ? chosen : (possible[0] ?? null)
  const making = useAction({
    call: (body: MakingToken) => call<MadeToken>('POST', '/api/key-tokens', body),
    refreshes: ['/api/key-tokens'],
  })
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (holder === null) return
    const { kind, id } = holder
    const from = sources.split(/[\s,]+/).filter((each) => each !== '')
    const outcome = await making.run({ holder: { kind, id }, until, sources: from })
    if (outcome.ok) onMade(outcome.answer)
  }
  return (
    <form onSubmit={(event) => void make(event)} className="flex flex-col gap-5">
      {mayChange && (
        <HolderField
          label={said.holder}
          help={said.holderHelp}
          of={possible}
          value={chosen}
          onChoose={setChosen}
        />
      )}
      <TextField
        label={said.until}
        help={said.untilHelp}
        type="date"
        required
        value={until}
        onChange={({ target }) => setUntil(target.value)}
      />
      <TextField
        label={said.sources}
        help={said.sourcesHelp}
        value={sources}
        onChange={({ target }) => setSources(target.value)}
      />
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
          {said.token} · {made.holder.name}
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
