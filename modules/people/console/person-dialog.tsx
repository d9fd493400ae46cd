import type { ListedPerson, Person } from '@hevd/people/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  PersonPicker,
  SelectField,
  TextField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { kindWords } from './kind-words.ts'

const text = words({
  add: { nb: 'Legg til en person', en: 'Add a person' },
  change: { nb: 'Endre person', en: 'Change a person' },
  id: { nb: 'Nummer', en: 'Number' },
  idHelp: {
    nb: 'Virksomhetens eget, for eksempel ansattnummer.',
    en: 'The organisation’s own, such as an employee number.',
  },
  name: { nb: 'Navn', en: 'Name' },
  kind: { nb: 'Tilknytning', en: 'Kind' },
  sponsor: { nb: 'Ansvarlig', en: 'Sponsor' },
  sponsorHelp: {
    nb: 'Den som svarer for den innleide. Søk etter navn eller nummer.',
    en: 'Who answers for the contractor. Search for a name or number.',
  },
  starts: { nb: 'Første dag', en: 'First day' },
  ends: { nb: 'Siste dag', en: 'Last day' },
  endsHelp: { nb: 'La stå tom så lenge det ikke er avtalt.', en: 'Leave it empty while none is agreed.' },
  voluntary: { nb: 'Hvordan slutter personen?', en: 'How does the person leave?' },
  unsaid: { nb: 'Ikke sagt', en: 'Not said' },
  own: { nb: 'Etter eget ønske', en: 'By their own wish' },
  notOwn: { nb: 'Ikke etter eget ønske', en: 'Not by their own wish' },
  save: { nb: 'Lagre', en: 'Save' },
  erase: { nb: 'Slett personen …', en: 'Erase the person …' },
  done: { nb: 'Personen er lagret.', en: 'The person was saved.' },
})

const blank: ListedPerson = {
  id: '',
  name: '',
  kind: 'employee',
  sponsor: null,
  sponsorName: null,
  startsOn: '',
  endsOn: null,
  voluntary: null,
}

/** Adds a person, or changes one; null adds. */
export default function PersonDialog({
  person,
  onClose,
  onErase,
}: {
  readonly person: ListedPerson | null
  onClose(): void
  /** Goes on to erasing the person instead. */
  onErase?(): void
}) {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  const [draft, setDraft] = useState(person ?? blank)
  const set = (part: Partial<ListedPerson>) => setDraft((before) => ({ ...before, ...part }))
  const saving = useAction({
    call: (body: Person) =>
      call<unknown>('PUT', `/api/people/${encodeURIComponent(body.id)}`, { ...body, was: person }),
    refreshes: ['/api/people', '/api/account-owners', '/api/policy', '/api/findings'],
    done: text.done,
  })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await saving.run(draft)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={person === null ? said.add : said.change}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
          <TextField
            label={said.name}
            required
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
          <TextField
            label={said.id}
            {...(person === null ? { help: said.idHelp } : {})}
            required
            readOnly={person !== null}
            value={draft.id}
            onChange={({ target }) => set({ id: target.value })}
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <SelectField
            label={said.kind}
            value={draft.kind}
            onChange={({ target }) =>
              set(
                target.value === 'contractor'
                  ? { kind: 'contractor' }
                  : { kind: 'employee', sponsor: null, sponsorName: null },
              )
            }
          >
            <option value="employee">{kinds.employee}</option>
            <option value="contractor">{kinds.contractor}</option>
          </SelectField>
          {draft.kind === 'contractor' && (
            <PersonPicker
              label={said.sponsor}
              help={said.sponsorHelp}
              except={draft.id}
              value={
                draft.sponsor === null
                  ? null
                  : { id: draft.sponsor, name: draft.sponsorName ?? draft.sponsor }
              }
              onChoose={(chosen) => set({ sponsor: chosen?.id ?? null, sponsorName: chosen?.name ?? null })}
            />
          )}
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label={said.starts}
            type="date"
            required
            value={draft.startsOn}
            onChange={({ target }) => set({ startsOn: target.value })}
          />
          <TextField
            label={said.ends}
            help={said.endsHelp}
            type="date"
            value={draft.endsOn ?? ''}
            onChange={({ target }) => set({ endsOn: target.value || null })}
          />
        </div>
        {draft.endsOn !== null && (
          <SelectField
            label={said.voluntary}
            value={draft.voluntary === null ? '' : String(draft.voluntary)}
            onChange={({ target }) =>
              set({ voluntary: target.value === '' ? null : target.value === 'true' })
            }
          >
            <option value="">{said.unsaid}</option>
            <option value="true">{said.own}</option>
            <option value="false">{said.notOwn}</option>
          </SelectField>
        )}
        <Fault problem={saving.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {person !== null && person.endsOn !== null && onErase !== undefined && (
            <Button weight="quiet" onClick={onErase}>
              {said.erase}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}
