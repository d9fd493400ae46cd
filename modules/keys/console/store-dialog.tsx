import type { KeyStore, PuttingStore } from '@hevd/keys/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  TextArea,
  TextField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { storeKinds, storeKindWords } from './store-words.ts'
import { Tick } from './tick.tsx'

const text = words({
  add: { nb: 'Legg til et nøkkellager', en: 'Add a key store' },
  change: { nb: 'Endre nøkkellager', en: 'Change key store' },
  name: { nb: 'Navn', en: 'Name' },
  id: { nb: 'Kortnavn', en: 'Short name' },
  idHelp: {
    nb: 'Bokstaver, tall, punktum, bindestrek og understrek. Det kan ikke endres.',
    en: 'Letters, digits, full stops, hyphens and underscores. It cannot be changed.',
  },
  kind: { nb: 'Slag', en: 'Kind' },
  place: { nb: 'Sted', en: 'Place' },
  placeHelp: {
    nb: 'Konto og region, adresse, eller maskin og mappe.',
    en: 'Account and region, address, or host and folder.',
  },
  told: { nb: 'Vi vet hvem som når nøklene der', en: 'We know who can reach the keys there' },
  reach: { nb: 'Hvem som når dem', en: 'Who can reach them' },
  reachHelp: {
    nb: 'En person, rolle eller gruppe på hver linje.',
    en: 'A person, role or group on each line.',
  },
  rotated: { nb: 'Sist rotert', en: 'Last rotated' },
  rotatedHelp: { nb: 'Tomt der ingen vet det.', en: 'Empty where nobody knows.' },
  save: { nb: 'Lagre', en: 'Save' },
  remove: { nb: 'Ta bort', en: 'Remove' },
  done: { nb: 'Nøkkellageret er lagret.', en: 'The key store was saved.' },
  removed: { nb: 'Nøkkellageret er tatt bort.', en: 'The key store was removed.' },
})
const refreshes = ['/api/key-stores', '/api/policy', '/api/findings', '/api/controls']
const blank: PuttingStore = { name: '', kind: 'aws-kms', place: '', reachedBy: null, rotatedOn: null }

/** Enters a key store, or changes one; null enters. */
export default function StoreDialog({
  store,
  onClose,
}: {
  readonly store: KeyStore | null
  onClose(): void
}) {
  const said = useWords(text)
  const kinds = useWords(storeKindWords)
  const [id, setId] = useState(store?.id ?? '')
  const [draft, setDraft] = useState<PuttingStore>(() => (store === null ? blank : plain(store)))
  const [reach, setReach] = useState((store?.reachedBy ?? []).join('\n'))
  const set = (part: Partial<PuttingStore>) => setDraft((before) => ({ ...before, ...part }))
  const path = `/api/key-stores/${encodeURIComponent(id)}`
  const saving = useAction({
    call: (body: PuttingStore) => call<unknown>('PUT', path, body),
    refreshes,
    done: text.done,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: text.removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const lines = reach.split('\n').map((line) => line.trim())
    const reachedBy = draft.reachedBy === null ? null : lines.filter((line) => line !== '')
    if ((await saving.run({ ...draft, reachedBy })).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={store === null ? said.add : said.change}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label={said.name}
            required
            maxLength={200}
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
          <TextField
            label={said.id}
            {...(store === null ? { help: said.idHelp } : {})}
            required
            readOnly={store !== null}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
            maxLength={100}
            value={id}
            onChange={({ target }) => setId(target.value)}
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <SelectField
            label={said.kind}
            value={draft.kind}
            onChange={({ target }) =>
              set({ kind: storeKinds.find((kind) => kind === target.value) ?? 'other' })
            }
          >
            {storeKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kinds[kind]}
              </option>
            ))}
          </SelectField>
          <TextField
            label={said.place}
            help={said.placeHelp}
            required
            maxLength={300}
            value={draft.place}
            onChange={({ target }) => set({ place: target.value })}
          />
        </div>
        <Tick
          label={said.told}
          value={draft.reachedBy !== null}
          onChange={(told) => set({ reachedBy: told ? [] : null })}
        />
        {draft.reachedBy !== null && (
          <TextArea
            label={said.reach}
            help={said.reachHelp}
            rows={3}
            value={reach}
            onChange={({ target }) => setReach(target.value)}
          />
        )}
        <TextField
          label={said.rotated}
          help={said.rotatedHelp}
          type="date"
          value={draft.rotatedOn ?? ''}
          onChange={({ target }) => set({ rotatedOn: target.value || null })}
        />
        <Fault problem={saving.problem ?? removing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {store !== null && (
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

function plain({ name, kind, place, reachedBy, rotatedOn }: KeyStore): PuttingStore {
  return { name, kind, place, reachedBy, rotatedOn }
}
