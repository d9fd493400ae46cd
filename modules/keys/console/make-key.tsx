import type { Key, MakingKey } from '@hevd/keys/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  places,
  SelectField,
  TextField,
  useAction,
  useGo,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { keyRefreshes, purposeWords, typeWords } from './key-words.ts'
import { PeriodField } from './period-field.tsx'
import { Tick } from './tick.tsx'

const text = words({
  title: { nb: 'Lag en nøkkel', en: 'Make a key' },
  what: {
    nb: 'Ingen kan bruke den før noen ber om det og en annen godkjenner.',
    en: 'Nobody can use it until somebody asks and another approves.',
  },
  name: { nb: 'Navn', en: 'Name' },
  nameHelp: {
    nb: 'Bokstaver, tall, punktum, understrek og bindestrek. Navnet kan ikke endres.',
    en: 'Letters, digits, full stops, underscores and hyphens. The name cannot be changed.',
  },
  type: { nb: 'Type', en: 'Type' },
  derived: { nb: 'Egen nøkkel for hver kontekst', en: 'A key of its own for each context' },
  derivedHelp: {
    nb: 'Den som krypterer, må oppgi en kontekst, for eksempel kundens id.',
    en: 'Whoever encrypts must give a context, such as the customer’s id.',
  },
  convergent: { nb: 'Samme tekst gir samme chiffertekst', en: 'The same text gives the same ciphertext' },
  convergentHelp: {
    nb: 'Kan søkes i, men viser hvilke verdier som er like.',
    en: 'Can be searched for, but shows which values are equal.',
  },
  rotate: { nb: 'Roteres', en: 'Rotated' },
  make: { nb: 'Lag nøkkelen', en: 'Make the key' },
  done: { nb: 'Nøkkelen er laget.', en: 'The key was made.' },
})
const types = ['aes256-gcm96', 'chacha20-poly1305', 'aes128-gcm96', 'hmac', 'ed25519', 'ecdsa-p256'] as const
type Type = (typeof types)[number]
const encrypts = (type: Type) => type.endsWith('gcm96') || type === 'chacha20-poly1305'

/** Makes a key, and goes to it. */
export default function MakeKey({ onClose }: { onClose(): void }) {
  const said = useWords(text)
  const purposes = useWords(purposeWords)
  const go = useGo()
  const [name, setName] = useState('')
  const [type, setType] = useState<Type>('aes256-gcm96')
  const [derived, setDerived] = useState(false)
  const [convergent, setConvergent] = useState(false)
  const [autoRotate, setAutoRotate] = useState<string | null>('P90D')
  const making = useAction({
    call: (body: MakingKey) => call<Key>('POST', '/api/keys', body),
    refreshes: keyRefreshes,
    done: text.done,
  })
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const may = derived && (encrypts(type) || type === 'ed25519')
    const body = { name, type, derived: may, convergent: may && convergent && encrypts(type), autoRotate }
    if ((await making.run(body)).ok) go(places.key(name))
  }
  return (
    <Dialog open onClose={onClose} title={said.title} description={said.what}>
      <form onSubmit={(event) => void make(event)} className="flex flex-col gap-5">
        <TextField
          label={said.name}
          help={said.nameHelp}
          required
          maxLength={100}
          pattern="[A-Za-z0-9_]([A-Za-z0-9_.\-]*[A-Za-z0-9_])?"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <SelectField
          label={said.type}
          value={type}
          onChange={({ target }) => setType(types.find((each) => each === target.value) ?? 'aes256-gcm96')}
        >
          {types.map((each) => (
            <option key={each} value={each}>
              {`${typeWords[each]} – ${purposes[each]}`}
            </option>
          ))}
        </SelectField>
        <PeriodField label={said.rotate} value={autoRotate} onChoose={setAutoRotate} />
        {(encrypts(type) || type === 'ed25519') && (
          <Tick label={said.derived} help={said.derivedHelp} value={derived} onChange={setDerived} />
        )}
        {encrypts(type) && derived && (
          <Tick
            label={said.convergent}
            help={said.convergentHelp}
            value={convergent}
            onChange={setConvergent}
          />
        )}
        <Fault problem={making.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={making.running}>
            {said.make}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
