import type { AskingErasure, ErasureList, ErasurePreview, Person } from '@hevd/people/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  Loaded,
  listedWords,
  numeral,
  TextArea,
  TextField,
  useAction,
  useLocale,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { hindranceWords, placesOf, placeWords } from './erase-words.ts'
import { ErasureProgress } from './erasure-progress.tsx'

const text = words({
  title: { nb: 'Slett personen', en: 'Erase the person' },
  lead: {
    nb: 'Dette kan ikke gjøres om. Loggen kan fremdeles etterprøves, men ingen kan lese hvem den handlet om.',
    en: 'This cannot be undone. The log can still be verified, but nobody can read whom it was about.',
  },
  goes: { nb: 'Dette forsvinner', en: 'This goes' },
  goesAlso: {
    nb: 'Også alt loggen har forseglet om personen, søk, eksport og begrunnelser.',
    en: 'Also all that the log has sealed of the person, search, exports and reasons.',
  },
  stays: { nb: 'Dette blir', en: 'This stays' },
  staysCounts: {
    nb: 'At noe ble vurdert, når, og utfallet, uten hvem det gjaldt.',
    en: 'That something was judged, when, and the outcome, without whom it was about.',
  },
  account: {
    nb: 'er fremdeles på maskinen. Kontonavnet er maskinens, og glemmes når kontoen er borte.',
    en: 'is still on the host. The account’s name is the host’s, and is forgotten when the account is gone.',
  },
  hinders: { nb: 'Ordne dette først', en: 'Settle this first' },
  also: { nb: 'Kalles også', en: 'Also called' },
  alsoHelp: {
    nb: 'E-postadresser og brukernavn, ett per linje. De tas ut av tekster der de står.',
    en: 'E-mail addresses and user names, one a line. They are taken out of texts where they stand.',
  },
  reason: { nb: 'Hvorfor før oppbevaringstiden er ute?', en: 'Why before the retention has passed?' },
  reasonHelp: {
    nb: 'For eksempel at personen har bedt om det (personvernforordningen art. 17).',
    en: 'Such as that the person has asked for it (GDPR art. 17).',
  },
  confirm: { nb: 'Skriv navnet på personen', en: 'Type the name of the person' },
  approval: {
    nb: 'En annen administrator må godkjenne, fordi så mange er slettet det siste døgnet.',
    en: 'Another administrator must approve, since so many were erased within a day.',
  },
  erase: { nb: 'Slett', en: 'Erase' },
  close: { nb: 'Lukk', en: 'Close' },
})

const periods = {
  nb: (count: number, shown: string) =>
    `I ${count === 1 ? 'perioden' : `${shown} perioder`} som ikke er signert, står utfallet under et tilfeldig navn til ${count === 1 ? 'den' : 'de'} signeres.`,
  en: (count: number, shown: string) =>
    `In ${count === 1 ? 'the period' : `${shown} periods`} not signed yet, the outcome stands under a random name until ${count === 1 ? 'it is' : 'they are'}.`,
}
const inPlaces = {
  nb: (place: string, rows: number, shown: string) => `${place}: ${shown} ${rows === 1 ? 'sted' : 'steder'}`,
  en: (place: string, rows: number, shown: string) => `${place}: ${shown} ${rows === 1 ? 'place' : 'places'}`,
}

/** Shows what erasing a person takes and leaves, asks for the name, and follows the work to its end. */
export default function EraseDialog({
  person,
  onClose,
}: {
  readonly person: Pick<Person, 'id' | 'name'>
  onClose(): void
}) {
  const said = useWords(text)
  const [batch, setBatch] = useState<string | null>(null)
  const path = batch === null ? `/api/people/${encodeURIComponent(person.id)}/erasure` : null
  const preview = useResource<ErasurePreview>(path)
  return (
    <Dialog open onClose={onClose} title={`${said.title}: ${person.name}`} description={said.lead}>
      {batch === null ? (
        <Loaded of={preview} lines={5}>
          {(found) => <Asking preview={found} onClose={onClose} onAsked={setBatch} />}
        </Loaded>
      ) : (
        <Following batch={batch} onClose={onClose} />
      )}
    </Dialog>
  )
}

function Following({ batch, onClose }: { readonly batch: string; onClose(): void }) {
  const said = useWords(text)
  const list = useResource<ErasureList>('/api/erasures', 1000)
  return (
    <>
      <Loaded of={list} lines={5}>
        {({ erasures }) =>
          erasures
            .filter((one) => one.batch === batch)
            .map((one) => <ErasureProgress key={one.id} erasure={one} />)
        }
      </Loaded>
      <div className="mt-8">
        <Button onClick={onClose}>{said.close}</Button>
      </div>
    </>
  )
}

function Asking({
  preview,
  onClose,
  onAsked,
}: {
  readonly preview: ErasurePreview
  onClose(): void
  onAsked(batch: string): void
}) {
  const said = useWords(text)
  const [also, setAlso] = useState('')
  const [reason, setReason] = useState('')
  const [confirm, setConfirm] = useState('')
  const { person, hindrances, isDue, needsApproval } = preview
  const blocked = hindrances.some(({ what }) => what !== 'not-due')
  const asking = useAction({
    call: (body: AskingErasure) => call<{ batch: string }>('POST', '/api/erasures', body),
    refreshes: ['/api/erasures', '/api/people'],
  })
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    const called = also.split('\n').flatMap((line) => line.trim() || [])
    const asked = { people: [{ id: person.id, also: called }], reason: isDue ? null : reason, confirm }
    const result = await asking.run(asked)
    if (result.ok) onAsked(result.answer.batch)
  }
  return (
    <form onSubmit={(event) => void ask(event)} className="flex flex-col gap-6">
      <Consequences preview={preview} />
      {!blocked && (
        <>
          <TextArea
            label={said.also}
            help={said.alsoHelp}
            rows={2}
            value={also}
            onChange={({ target }) => setAlso(target.value)}
          />
          {!isDue && (
            <TextArea
              label={said.reason}
              help={said.reasonHelp}
              required
              minLength={10}
              rows={2}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
          <TextField
            label={said.confirm}
            help={person.name}
            required
            autoComplete="off"
            value={confirm}
            onChange={({ target }) => setConfirm(target.value)}
          />
          {needsApproval && <p>{said.approval}</p>}
        </>
      )}
      <Fault problem={asking.problem} />
      <DialogActions onClose={onClose}>
        {!blocked && (
          <Button
            weight="grave"
            type="submit"
            running={asking.running}
            disabled={confirm.trim() !== person.name}
          >
            {said.erase}
          </Button>
        )}
      </DialogActions>
    </form>
  )
}

/** What goes, what stays and why, and what must be settled first. */
function Consequences({ preview }: { readonly preview: ErasurePreview }) {
  const said = useWords(text)
  const hinders = useWords(hindranceWords)
  const places = useWords(placeWords)
  const locale = useLocale()
  const { hindrances, goes, accounts, openPeriods } = preview
  return (
    <>
      {hindrances.length > 0 && (
        <Part title={said.hinders}>
          {hindrances.map(({ what, ids }) => (
            <li key={what} className="border-fails border-l-2 pl-4">
              {hinders[what]}
              {what !== 'employed' && what !== 'not-due' && `: ${listedWords(ids, locale)}`}
            </li>
          ))}
        </Part>
      )}
      <Part title={said.goes}>
        {placesOf(goes, places).map(({ place, rows }) => (
          <li key={place}>{inPlaces[locale](place, rows, numeral(rows, locale))}</li>
        ))}
        <li>{said.goesAlso}</li>
      </Part>
      <Part title={said.stays}>
        <li>{said.staysCounts}</li>
        {openPeriods > 0 && <li>{periods[locale](openPeriods, numeral(openPeriods, locale))}</li>}
        {accounts
          .filter(({ seen }) => seen)
          .map(({ account }) => (
            <li key={account} className="break-words">
              {account} {said.account}
            </li>
          ))}
      </Part>
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      <ul className="mt-1 flex flex-col gap-1 text-ink-2">{children}</ul>
    </section>
  )
}
