import type { AskingReader, RecipientList } from '@hevd/backups/contract'
import {
  Button,
  Choices,
  call,
  Dialog,
  DialogActions,
  Fault,
  now,
  PersonPicker,
  SelectField,
  TextArea,
  TextField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useId, useState } from 'react'
import { backupsRefreshes } from './source-words.ts'

const text = words({
  title: { nb: 'Legg til en leser', en: 'Add a reader' },
  what: {
    nb: 'Oppgi hvem som har, eller skal få, identiteten til en mottaker. En annen administrator godkjenner.',
    en: 'Tell who has, or is to have, the identity of a recipient. Another administrator approves.',
  },
  recipient: { nb: 'Mottaker', en: 'Recipient' },
  recipientHelp: {
    nb: 'Den offentlige delen, age1…, fra «hevd backups keygen». Skriv aldri identiteten her.',
    en: 'The public half, age1…, from “hevd backups keygen”. Never write the identity here.',
  },
  kind: { nb: 'Hva slags', en: 'What kind' },
  person: { nb: 'En person', en: 'A person' },
  service: { nb: 'En tjeneste', en: 'A service' },
  who: { nb: 'Hvem', en: 'Who' },
  whoHelp: { nb: 'Søk etter navn eller nummer.', en: 'Search for a name or number.' },
  serviceHelp: { nb: 'Som en maskin som gjør øvelsene.', en: 'Such as a host that does the drills.' },
  choose: { nb: 'Velg …', en: 'Choose …' },
  purpose: { nb: 'Formål', en: 'Purpose' },
  purposeHelp: { nb: 'Hva det skal leses til.', en: 'What it is to be read for.' },
  kept: { nb: 'Hvor identiteten oppbevares', en: 'Where the identity is kept' },
  keptHelp: {
    nb: 'Som «i safen» eller «på øvelsesmaskinen».',
    en: 'Such as “in the safe” or “on the drill host”.',
  },
  from: { nb: 'Første dag', en: 'First day' },
  until: { nb: 'Siste dag', en: 'Last day' },
  untilHelp: { nb: 'Høyst to år etter den første.', en: 'At most two years after the first.' },
  ask: { nb: 'Be om godkjenning', en: 'Ask for approval' },
  done: {
    nb: 'Det er bedt om. En annen administrator avgjør.',
    en: 'It was asked for. Another administrator decides.',
  },
})

/** Tells of somebody who has a recipient's identity. @param of the recipient, where it is known already */
export default function AskReader({
  of,
  recipients,
  services,
  onClose,
}: {
  readonly of: string | null
  readonly recipients: readonly string[]
  readonly services: RecipientList['services']
  onClose(): void
}) {
  const said = useWords(text)
  const known = useId()
  const [recipient, setRecipient] = useState(of ?? '')
  const [kind, setKind] = useState<'person' | 'service'>('person')
  const [person, setPerson] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const [service, setService] = useState('')
  const [purpose, setPurpose] = useState('')
  const [keptAt, setKeptAt] = useState('')
  const [from, setFrom] = useState(dateOf(now()))
  const [until, setUntil] = useState('')
  const asking = useAction({
    call: (body: AskingReader) => call<unknown>('POST', '/api/backup-recipients', body),
    refreshes: backupsRefreshes,
    done: text.done,
  })
  const id = kind === 'person' ? (person?.id ?? '') : service
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    if (id === '') return
    if ((await asking.run({ recipient, holder: { kind, id }, purpose, keptAt, from, until })).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={said.title} description={said.what}>
      <form onSubmit={(event) => void ask(event)} className="flex flex-col gap-5">
        <TextField
          label={said.recipient}
          help={said.recipientHelp}
          required
          pattern="age1[a-z0-9]+"
          list={known}
          value={recipient}
          onChange={({ target }) => setRecipient(target.value)}
        />
        <datalist id={known}>
          {recipients.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <Choices
          label={said.kind}
          value={kind}
          options={[
            { value: 'person', label: said.person },
            { value: 'service', label: said.service },
          ]}
          onChoose={(value) => setKind(value === 'service' ? 'service' : 'person')}
        />
        {kind === 'person' ? (
          <PersonPicker label={said.who} help={said.whoHelp} value={person} onChoose={setPerson} />
        ) : (
          <SelectField
            label={said.who}
            help={said.serviceHelp}
            required
            value={service}
            onChange={({ target }) => setService(target.value)}
          >
            <option value="">{said.choose}</option>
            {services.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        <TextArea
          label={said.purpose}
          help={said.purposeHelp}
          rows={2}
          required
          minLength={3}
          maxLength={1000}
          value={purpose}
          onChange={({ target }) => setPurpose(target.value)}
        />
        <TextField
          label={said.kept}
          help={said.keptHelp}
          required
          minLength={3}
          maxLength={500}
          value={keptAt}
          onChange={({ target }) => setKeptAt(target.value)}
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
