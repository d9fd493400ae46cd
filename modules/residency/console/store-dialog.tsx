import type { DataStore, HostPlace, ListedStore } from '@hevd/residency/contract'
import { type Choice, SelectField, TextField, useResource, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import { EntryDialog } from './entry-dialog.tsx'
import { PlaceField } from './place-field.tsx'
import { storeKinds, storeKindWords } from './store-words.ts'
import { CustomerPicker } from './try-out.tsx'

const text = words({
  add: { nb: 'Legg til et datalager', en: 'Add a data store' },
  change: { nb: 'Datalager', en: 'Data store' },
  kind: { nb: 'Slag', en: 'Kind' },
  place: { nb: 'Sted', en: 'Place' },
  host: { nb: 'Maskinen det er på', en: 'The host it is on' },
  hostHelp: {
    nb: 'Agenten der leser hvilken region det er. For en tjeneste hos skyleverandøren: ingen.',
    en: 'The agent there reads which region it is. For a service of the cloud: none.',
  },
  noHost: { nb: 'Ingen av maskinene', en: 'None of the hosts' },
  seenPlace: { nb: 'Sett hos leverandøren', en: 'Seen at the provider' },
  seenOn: { nb: 'Sett den', en: 'Seen on' },
  bytes: { nb: 'Størrelse i byte', en: 'Size in bytes' },
  bytesHelp: { nb: 'Tomt der ingen vet det.', en: 'Empty where nobody knows.' },
  dedicated: { nb: 'Bare for én kunde', en: 'For one customer alone' },
  saved: { nb: 'Datalageret er lagret.', en: 'The data store was saved.' },
  removed: { nb: 'Datalageret er fjernet.', en: 'The data store was removed.' },
})

const blank: DataStore = {
  id: '',
  name: '',
  kind: 'database',
  place: '',
  host: null,
  seenPlace: null,
  seenOn: null,
  bytes: null,
  dedicatedTo: null,
}

/** Adds a store, or changes one or removes it; null adds. */
export default function StoreDialog({ of, onClose }: { readonly of: ListedStore | null; onClose(): void }) {
  const said = useWords(text)
  const kinds = useWords(storeKindWords)
  const hosts = useResource<readonly HostPlace[]>('/api/residency/hosts').data ?? []
  const was = of === null ? null : plain(of)
  const [draft, setDraft] = useState(was ?? blank)
  const [owner, setOwner] = useState<Choice | null>(
    of?.dedicatedTo == null ? null : { id: of.dedicatedTo, name: of.dedicatedTo },
  )
  const set = (part: Partial<DataStore>) => setDraft((before) => ({ ...before, ...part }))
  const entry = { ...draft, dedicatedTo: owner?.id ?? null }
  return (
    <EntryDialog
      title={of === null ? said.add : said.change}
      said={text}
      api="/api/residency/stores"
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
            set({ kind: storeKinds.find((kind) => kind === target.value) ?? 'other' })
          }
        >
          {storeKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kinds[kind]}
            </option>
          ))}
        </SelectField>
        <div className="flex flex-col">
          <PlaceField
            label={said.place}
            required
            value={draft.place}
            onChange={(place) => set({ place: place.trim() })}
          />
        </div>
      </div>
      <SelectField
        label={said.host}
        help={said.hostHelp}
        value={draft.host ?? ''}
        onChange={({ target }) => set({ host: target.value || null })}
      >
        <option value="">{said.noHost}</option>
        {hosts.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-5 sm:grid-cols-2">
        <div className="flex flex-col">
          <PlaceField
            label={said.seenPlace}
            value={draft.seenPlace ?? ''}
            onChange={(place) => set({ seenPlace: place.trim() || null })}
          />
        </div>
        <TextField
          label={said.seenOn}
          type="date"
          required={draft.seenPlace !== null}
          value={draft.seenOn ?? ''}
          onChange={({ target }) => set({ seenOn: target.value || null })}
        />
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={said.bytes}
          help={said.bytesHelp}
          type="number"
          min={0}
          step={1}
          value={draft.bytes ?? ''}
          onChange={({ target }) =>
            set({ bytes: target.value === '' ? null : Math.trunc(Number(target.value)) })
          }
        />
        <CustomerPicker label={said.dedicated} required={false} value={owner} onChoose={setOwner} />
      </div>
    </EntryDialog>
  )
}

/** What is entered of a store, without what the register adds. */
function plain({ hostName: _, customers: __, verdict: ___, why: ____, ...store }: ListedStore): DataStore {
  return store
}
