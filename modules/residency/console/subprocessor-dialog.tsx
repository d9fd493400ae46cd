import type { ListedSubprocessor, Subprocessor } from '@hevd/residency/contract'
import { SelectField, TextField, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import { EntryDialog } from './entry-dialog.tsx'
import { codesIn, PlacesField } from './place-field.tsx'

const text = words({
  add: { nb: 'Legg til en underdatabehandler', en: 'Add a subprocessor' },
  change: { nb: 'Underdatabehandler', en: 'Subprocessor' },
  kind: { nb: 'Slag', en: 'Kind' },
  subprocessor: { nb: 'Underdatabehandler', en: 'Subprocessor' },
  support: { nb: 'Brukerstøtte, våre egne', en: 'Support, our own' },
  places: { nb: 'Hvor de er', en: 'Where they are' },
  reaches: { nb: 'Når data til', en: 'Reaches the data of' },
  reachesHelp: {
    nb: 'Kortnavnene til kundene, med komma mellom. Tomt: alle.',
    en: 'Short names of the customers, with commas between. Empty: everybody.',
  },
  payments: { nb: 'Håndterer betalingskort for oss', en: 'Handles payment cards for us' },
  since: { nb: 'Fra', en: 'Since' },
  saved: { nb: 'Underdatabehandleren er lagret.', en: 'The subprocessor was saved.' },
  removed: { nb: 'Underdatabehandleren er fjernet.', en: 'The subprocessor was removed.' },
})

const kinds = ['subprocessor', 'support'] as const
const blank: Subprocessor = {
  id: '',
  name: '',
  kind: 'subprocessor',
  places: [],
  reaches: null,
  payments: false,
  since: '',
}

/** Adds a subprocessor, or changes one or removes it; null adds. */
export default function SubprocessorDialog({
  of,
  onClose,
}: {
  readonly of: ListedSubprocessor | null
  onClose(): void
}) {
  const said = useWords(text)
  const was = of === null ? null : plain(of)
  const [draft, setDraft] = useState(was ?? blank)
  const [where, setWhere] = useState(draft.places.join(', '))
  const [reaches, setReaches] = useState((draft.reaches ?? []).join(', '))
  const set = (part: Partial<Subprocessor>) => setDraft((before) => ({ ...before, ...part }))
  const reached = codesIn(reaches)
  const entry = { ...draft, places: codesIn(where), reaches: reached.length === 0 ? null : reached }
  return (
    <EntryDialog
      title={of === null ? said.add : said.change}
      said={text}
      api="/api/residency/subprocessors"
      was={was}
      entry={entry}
      onChange={set}
      onClose={onClose}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          label={said.kind}
          value={draft.kind}
          onChange={({ target }) =>
            set({ kind: kinds.find((kind) => kind === target.value) ?? 'subprocessor' })
          }
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {said[kind]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={said.since}
          type="date"
          required
          value={draft.since}
          onChange={({ target }) => set({ since: target.value })}
        />
      </div>
      <PlacesField label={said.places} value={where} onChange={setWhere} />
      <TextField
        label={said.reaches}
        help={said.reachesHelp}
        value={reaches}
        onChange={({ target }) => setReaches(target.value)}
      />
      <label className="flex min-h-6 items-center gap-3">
        <input
          type="checkbox"
          checked={draft.payments}
          onChange={({ target }) => set({ payments: target.checked })}
        />
        {said.payments}
      </label>
    </EntryDialog>
  )
}

/** What is entered of one, without what the register adds. */
function plain({ attestations: _, ...given }: ListedSubprocessor): Subprocessor {
  return given
}
