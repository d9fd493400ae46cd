import type { ListedSubprocessor, Subprocessor } from '@hevd/residency/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  TextField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { codesIn, PlacesField } from './place-field.tsx'

const text = words({
  add: { nb: 'Legg til en underdatabehandler', en: 'Add a subprocessor' },
  change: { nb: 'Underdatabehandler', en: 'Subprocessor' },
  name: { nb: 'Navn', en: 'Name' },
  id: { nb: 'Kortnavn', en: 'Short name' },
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
  save: { nb: 'Lagre', en: 'Save' },
  remove: { nb: 'Fjern', en: 'Remove' },
  saved: { nb: 'Underdatabehandleren er lagret.', en: 'The subprocessor was saved.' },
  removed: { nb: 'Underdatabehandleren er fjernet.', en: 'The subprocessor was removed.' },
})

const refreshes = ['/api/residency', '/api/policy', '/api/findings', '/api/controls', '/api/asked']
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
  const path = `/api/residency/subprocessors/${encodeURIComponent(draft.id)}`
  const saving = useAction({
    call: (body: Subprocessor) => call<unknown>('PUT', path, { ...body, was }),
    refreshes,
    done: text.saved,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: text.removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const named = codesIn(reaches)
    const body = { ...draft, places: codesIn(where), reaches: named.length === 0 ? null : named }
    if ((await saving.run(body)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={of === null ? said.add : said.change}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
          <TextField
            label={said.name}
            required
            maxLength={200}
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
          <TextField
            label={said.id}
            required
            maxLength={100}
            readOnly={of !== null}
            value={draft.id}
            onChange={({ target }) => set({ id: target.value })}
          />
        </div>
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
        <Fault problem={saving.problem ?? removing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {of !== null && (
            <Button
              weight="grave"
              className="order-last ml-auto"
              running={removing.running}
              onClick={() => void removing.run(undefined).then(({ ok }) => ok && onClose())}
            >
              {said.remove}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** What is entered of one, without what the register adds. */
function plain({ attestations: _, ...given }: ListedSubprocessor): Subprocessor {
  return given
}
