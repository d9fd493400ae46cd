import type { ChangingOwn, OwnNotices } from '@hevd/notices/contract'
import { Button, call, Fault, SelectField, TextField, useAction, useReader, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { TimeFields } from './time-fields.tsx'

const text = words({
  noServer: {
    nb: 'Ingen e-posttjener er satt opp ennå, så ingenting sendes. En administrator kan gjøre det.',
    en: 'No mail server is set up yet, so nothing is sent. An administrator can do that.',
  },
  address: { nb: 'E-postadressen din', en: 'Your e-mail address' },
  addressHelp: {
    nb: 'Brukes bare til varsler. Titler på det som venter, sendes dit; resten står i Hevd.',
    en: 'Used for notices alone. Titles of what waits are sent there; the rest stands in Hevd.',
  },
  language: { nb: 'Språk', en: 'Language' },
  ofOrganisation: { nb: 'Som virksomheten', en: 'As the organisation' },
  norwegian: { nb: 'Norsk', en: 'Norwegian' },
  english: { nb: 'Engelsk', en: 'English' },
  rhythm: { nb: 'Når', en: 'When' },
  off: { nb: 'Aldri', en: 'Never' },
  'at-once': { nb: 'Straks noe begynner', en: 'As soon as something begins' },
  daily: { nb: 'Samlet, hver dag', en: 'Together, every day' },
  weekly: { nb: 'Samlet, hver uke', en: 'Together, every week' },
  save: { nb: 'Lagre', en: 'Save' },
  saved: { nb: 'Varslene dine er lagret.', en: 'Your notices are saved.' },
})

const rhythms = ['off', 'at-once', 'daily', 'weekly'] as const

/** How the reader is told by e-mail. */
export function OwnForm({ own }: { readonly own: OwnNotices }) {
  const said = useWords(text)
  const { organisationZone, mailed, calendarSince: _, ...settings } = own
  const userName = useReader()?.userName ?? ''
  const [draft, setDraft] = useState<ChangingOwn>({
    ...settings,
    email: settings.email ?? (userName.includes('@') ? userName : null),
  })
  const change = (part: Partial<ChangingOwn>) => setDraft((before) => ({ ...before, ...part }))
  const saving = useAction({
    call: (body: ChangingOwn) => call<OwnNotices>('PUT', '/api/notices/own', body),
    refreshes: ['/api/notices'],
    done: text.saved,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void saving.run(draft)
  }
  return (
    <form onSubmit={submit} className="flex max-w-measure flex-col gap-5">
      {!mailed && <p className="border-line-2 border-l-2 pl-3 text-ink-2">{said.noServer}</p>}
      <TextField
        label={said.address}
        help={said.addressHelp}
        type="email"
        autoComplete="email"
        required={draft.rhythm !== 'off'}
        value={draft.email ?? ''}
        onChange={({ target }) => change({ email: target.value.trim() === '' ? null : target.value.trim() })}
      />
      <SelectField
        label={said.language}
        value={draft.locale ?? ''}
        onChange={({ target }) =>
          change({ locale: target.value === 'nb' || target.value === 'en' ? target.value : null })
        }
      >
        <option value="">{said.ofOrganisation}</option>
        <option value="nb">{said.norwegian}</option>
        <option value="en">{said.english}</option>
      </SelectField>
      <SelectField
        label={said.rhythm}
        value={draft.rhythm}
        onChange={({ target }) => change({ rhythm: rhythms.find((one) => one === target.value) ?? 'off' })}
      >
        {rhythms.map((rhythm) => (
          <option key={rhythm} value={rhythm}>
            {said[rhythm]}
          </option>
        ))}
      </SelectField>
      {draft.rhythm !== 'off' && (
        <TimeFields draft={draft} organisationZone={organisationZone} onChange={change} />
      )}
      <Fault problem={saving.problem} />
      <div>
        <Button weight="main" type="submit" running={saving.running}>
          {said.save}
        </Button>
      </div>
    </form>
  )
}
