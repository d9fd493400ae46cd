import type { ListedService, NamedService } from '@hevd/people/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  PersonPicker,
  TextField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  addTitle: { nb: 'Legg til en tjeneste', en: 'Add a service' },
  changeTitle: { nb: 'Endre tjeneste', en: 'Change a service' },
  name: { nb: 'Navn', en: 'Name' },
  id: { nb: 'Kortnavn', en: 'Short name' },
  owner: { nb: 'Ansvarlig', en: 'Owner' },
  ownerHelp: {
    nb: 'Personen som svarer for tjenesten. Søk etter navn eller nummer.',
    en: 'The person who answers for it. Search for a name or number.',
  },
  remove: { nb: 'Fjern', en: 'Remove' },
  save: { nb: 'Lagre', en: 'Save' },
  saved: { nb: 'Tjenesten er lagret.', en: 'The service was saved.' },
  removed: { nb: 'Tjenesten er fjernet.', en: 'The service was removed.' },
})

const refreshes = ['/api/services', '/api/account-owners', '/api/policy', '/api/findings']

/** Adds a service, changes one or removes it; null adds. */
export default function ServiceDialog({
  service,
  onClose,
}: {
  readonly service: ListedService | null
  onClose(): void
}) {
  const said = useWords(text)
  const [draft, setDraft] = useState(service ?? { id: '', name: '', owner: '', ownerName: '' })
  const path = `/api/services/${encodeURIComponent(draft.id)}`
  const saving = useAction({
    call: (body: NamedService) => call<unknown>('PUT', path, body),
    refreshes,
    done: text.saved,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: text.removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const { id, name, owner } = draft
    if ((await saving.run({ id, name, owner })).ok) onClose()
  }
  const remove = async () => {
    if ((await removing.run(undefined)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={service === null ? said.addTitle : said.changeTitle}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <TextField
          label={said.name}
          required
          value={draft.name}
          onChange={({ target }) => setDraft({ ...draft, name: target.value })}
        />
        <TextField
          label={said.id}
          required
          readOnly={service !== null}
          value={draft.id}
          onChange={({ target }) => setDraft({ ...draft, id: target.value })}
        />
        <PersonPicker
          label={said.owner}
          help={said.ownerHelp}
          value={draft.owner === '' ? null : { id: draft.owner, name: draft.ownerName }}
          onChoose={(person) =>
            setDraft({ ...draft, owner: person?.id ?? '', ownerName: person?.name ?? '' })
          }
        />
        <Fault problem={saving.problem ?? removing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {service !== null && (
            <Button
              weight="grave"
              className="order-last ml-auto"
              running={removing.running}
              onClick={() => void remove()}
            >
              {said.remove}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}
