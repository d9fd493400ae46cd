import type { AskingGrant, Grant, Key, Operation } from '@hevd/keys/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  now,
  SelectField,
  TextArea,
  TextField,
  useAction,
  useMayChange,
  useReader,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { HolderField, type NamedHolder, useHolders } from './holder-field.tsx'
import { keyRefreshes, operationsOf, operationWords } from './key-words.ts'

const text = words({
  title: { nb: 'Be om å få bruke en nøkkel', en: 'Ask to use a key' },
  what: {
    nb: 'En administrator, en annen enn du, godkjenner. Til da kan nøkkelen ikke brukes.',
    en: 'An administrator other than you approves. Until then the key cannot be used.',
  },
  key: { nb: 'Nøkkel', en: 'Key' },
  choose: { nb: 'Velg …', en: 'Choose …' },
  holder: { nb: 'Hvem skal bruke den', en: 'Who is to use it' },
  holderHelp: {
    nb: 'En konto i Hevd, eller en tjeneste fra registeret.',
    en: 'An account of Hevd, or a service of the register.',
  },
  may: { nb: 'Hva den skal brukes til å gjøre', en: 'What it is to be used for doing' },
  purpose: { nb: 'Tjenstlig behov', en: 'Business need' },
  purposeHelp: {
    nb: 'Hva som blir kryptert eller signert, og for hvem. Det vises for den som godkjenner.',
    en: 'What is encrypted or signed, and for whom. Whoever approves sees it.',
  },
  from: { nb: 'Første dag', en: 'First day' },
  until: { nb: 'Siste dag', en: 'Last day' },
  untilHelp: { nb: 'Høyst et år etter den første.', en: 'At most a year after the first.' },
  ask: { nb: 'Be om det', en: 'Ask for it' },
  done: { nb: 'Det er bedt om. En administrator avgjør.', en: 'It was asked for. An administrator decides.' },
})

/** Asks for a grant. @param of name of the key, where it is known already */
export default function AskGrant({ of, onClose }: { readonly of: string | null; onClose(): void }) {
  const said = useWords(text)
  const may = useWords(operationWords)
  const mayChange = useMayChange()
  const reader = useReader()
  const keys = useResource<readonly Key[]>('/api/keys').data ?? []
  const holders = useHolders()
  const self = holders.find(({ kind, id }) => kind === 'account' && id === reader?.id) ?? null
  const [name, setName] = useState(of ?? '')
  const [chosen, setChosen] = useState<NamedHolder | null>(null)
  const [operations, setOperations] = useState<readonly Operation[]>([])
  const [purpose, setPurpose] = useState('')
  const [from, setFrom] = useState(dateOf(now()))
  const [until, setUntil] = useState('')
  const type = keys.find((key) => key.name === name)?.type ?? 'aes256-gcm96'
  const holder = mayChange ? chosen : self
  const asking = useAction({
    call: (body: AskingGrant) => call<Grant>('POST', '/api/key-grants', body),
    refreshes: keyRefreshes,
    done: text.done,
  })
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    if (holder === null) return
    const { kind, id } = holder
    const wanted = operationsOf(type).filter((each) => operations.includes(each))
    const body = { key: name, holder: { kind, id }, operations: wanted, purpose, from, until }
    if ((await asking.run(body)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={said.title} description={said.what}>
      <form onSubmit={(event) => void ask(event)} className="flex flex-col gap-5">
        <SelectField label={said.key} required value={name} onChange={({ target }) => setName(target.value)}>
          <option value="">{said.choose}</option>
          {[...new Set([...(of === null ? [] : [of]), ...keys.map((key) => key.name)])].map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </SelectField>
        {mayChange && (
          <HolderField
            label={said.holder}
            help={said.holderHelp}
            of={holders}
            value={chosen}
            onChoose={setChosen}
          />
        )}
        <fieldset className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3">
          <legend className="mb-2 font-medium">{said.may}</legend>
          {operationsOf(type).map((each) => (
            <label key={each} className="flex min-h-6 items-baseline gap-3">
              <input
                type="checkbox"
                required={operations.length === 0}
                checked={operations.includes(each)}
                onChange={({ target }) =>
                  setOperations((before) =>
                    target.checked ? [...before, each] : before.filter((other) => other !== each),
                  )
                }
              />
              <span>{may[each]}</span>
            </label>
          ))}
        </fieldset>
        <TextArea
          label={said.purpose}
          help={said.purposeHelp}
          rows={2}
          required
          maxLength={1000}
          value={purpose}
          onChange={({ target }) => setPurpose(target.value)}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label={said.from}
            type="date"
            required
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
          <TextField
            label={said.until}
            help={said.untilHelp}
            type="date"
            required
            min={from}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </div>
        <Fault problem={asking.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={asking.running}>
            {said.ask}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** The date of a moment where the reader is. */
function dateOf(at: number): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
