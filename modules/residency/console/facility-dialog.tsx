import type { Facility, HostPlace } from '@hevd/residency/contract'
import { Button, call, Dialog, DialogActions, Fault, TextField, useAction, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { PlaceField } from './place-field.tsx'

const text = words({
  title: { nb: 'Anlegget maskinen står i', en: 'The facility the host stands in' },
  facility: { nb: 'Anlegg', en: 'Facility' },
  facilityHelp: {
    nb: 'Navnet på datasenteret eller serverrommet.',
    en: 'The name of the data centre or server room.',
  },
  place: { nb: 'Sted', en: 'Place' },
  seen: { nb: 'Sist sett der', en: 'Last seen there' },
  save: { nb: 'Lagre', en: 'Save' },
  remove: { nb: 'Fjern', en: 'Remove' },
  saved: { nb: 'Anlegget er lagret.', en: 'The facility was saved.' },
  removed: { nb: 'Anlegget er fjernet.', en: 'The facility was removed.' },
})

const refreshes = ['/api/residency', '/api/policy', '/api/findings', '/api/controls']

/** Enters the facility that somebody saw a host in, or takes it back. */
export default function FacilityDialog({ host, onClose }: { readonly host: HostPlace; onClose(): void }) {
  const said = useWords(text)
  const [draft, setDraft] = useState<Facility>(host.facility ?? { facility: '', place: '', seenOn: '' })
  const set = (part: Partial<Facility>) => setDraft((before) => ({ ...before, ...part }))
  const path = `/api/residency/hosts/${encodeURIComponent(host.id)}`
  const saving = useAction({
    call: (body: Facility) => call<unknown>('PUT', path, body),
    refreshes,
    done: text.saved,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: text.removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await saving.run(draft)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={said.title} description={host.name}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <TextField
          label={said.facility}
          help={said.facilityHelp}
          required
          maxLength={200}
          value={draft.facility}
          onChange={({ target }) => set({ facility: target.value })}
        />
        <div className="flex flex-col">
          <PlaceField
            label={said.place}
            required
            value={draft.place}
            onChange={(place) => set({ place: place.trim() })}
          />
        </div>
        <TextField
          label={said.seen}
          type="date"
          required
          value={draft.seenOn}
          onChange={({ target }) => set({ seenOn: target.value })}
        />
        <Fault problem={saving.problem ?? removing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {host.facility !== null && (
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
