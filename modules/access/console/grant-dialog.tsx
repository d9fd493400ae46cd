import type { AccessGrant, AccessPlaces, ListedGrant } from '@hevd/access/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  PersonPicker,
  SelectField,
  TextArea,
  TextField,
  useAction,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { kindWords } from './access-words.ts'
import { plain, refreshes } from './plain.ts'
import { PrivilegeField } from './privilege-field.tsx'

const text = words({
  add: { nb: 'Gi en tilgang', en: 'Grant access' },
  change: { nb: 'Endre tilgang', en: 'Change access' },
  holderKind: { nb: 'Tilgangen er for', en: 'The access is for' },
  person: { nb: 'En person', en: 'A person' },
  service: { nb: 'En tjeneste', en: 'A service' },
  holder: { nb: 'Person', en: 'Person' },
  holderHelp: { nb: 'Søk etter navn eller nummer.', en: 'Search for a name or number.' },
  serviceField: { nb: 'Tjeneste', en: 'Service' },
  kind: { nb: 'Slag', en: 'Kind' },
  host: { nb: 'Maskin', en: 'Host' },
  server: { nb: 'Databaseserver', en: 'Database server' },
  system: { nb: 'System', en: 'System' },
  choose: { nb: 'Velg …', en: 'Choose …' },
  need: { nb: 'Tjenstlig behov', en: 'Business need' },
  needHelp: { nb: 'Hva personen eller tjenesten skal bruke den til.', en: 'What it is to be used for.' },
  approver: { nb: 'Godkjent av', en: 'Approved by' },
  approverHelp: {
    nb: 'En annen enn den som får tilgangen. Søk etter navn eller nummer.',
    en: 'Somebody else than who is given it. Search for a name or number.',
  },
  id: { nb: 'Referanse', en: 'Reference' },
  idHelp: { nb: 'Virksomhetens egen, for eksempel et saksnummer.', en: 'Your own, such as a case number.' },
  from: { nb: 'Første dag', en: 'First day' },
  until: { nb: 'Siste dag', en: 'Last day' },
  untilHelp: { nb: 'Høyst et år etter den første.', en: 'At most a year after the first.' },
  save: { nb: 'Lagre', en: 'Save' },
  done: { nb: 'Tilgangen er lagret.', en: 'The access was saved.' },
})

const blank: AccessGrant = {
  id: '',
  holderKind: 'person',
  holder: '',
  kind: 'postgres',
  place: '',
  privilege: 'superuser',
  need: '',
  approvedBy: '',
  from: '',
  until: '',
}

/** Grants access, or changes a grant; null grants. */
export default function GrantDialog({
  grant,
  onClose,
}: {
  readonly grant: ListedGrant | null
  onClose(): void
}) {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  const was = grant === null ? null : plain(grant)
  const [draft, setDraft] = useState(was ?? blank)
  const [names, setNames] = useState({
    holder: grant?.holderName ?? '',
    approver: grant?.approverName ?? '',
  })
  const set = (part: Partial<AccessGrant>) => setDraft((before) => ({ ...before, ...part }))
  const saving = useAction({
    call: (body: AccessGrant) =>
      call<unknown>('PUT', `/api/access/${encodeURIComponent(body.id)}`, { ...body, was }),
    refreshes,
    done: text.done,
  })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await saving.run(draft)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={grant === null ? said.add : said.change}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <div className="grid gap-5 sm:grid-cols-2">
          <SelectField
            label={said.holderKind}
            value={draft.holderKind}
            onChange={({ target }) =>
              set({ holderKind: target.value === 'service' ? 'service' : 'person', holder: '' })
            }
          >
            <option value="person">{said.person}</option>
            <option value="service">{said.service}</option>
          </SelectField>
          {draft.holderKind === 'person' ? (
            <PersonPicker
              label={said.holder}
              help={said.holderHelp}
              value={draft.holder === '' ? null : { id: draft.holder, name: names.holder }}
              onChoose={(person) => {
                set({ holder: person?.id ?? '' })
                setNames((before) => ({ ...before, holder: person?.name ?? '' }))
              }}
            />
          ) : (
            <ServiceField
              label={said.serviceField}
              value={draft.holder}
              onChoose={(holder) => set({ holder })}
            />
          )}
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <SelectField
            label={said.kind}
            value={draft.kind}
            onChange={({ target }) => {
              const kind = kindOf(target.value)
              set({ kind, place: '', privilege: kind === 'postgres' ? 'superuser' : null })
            }}
          >
            <option value="postgres">{kinds.postgres}</option>
            <option value="firewall">{kinds.firewall}</option>
            <option value="other">{kinds.other}</option>
          </SelectField>
          {draft.kind === 'other' ? (
            <TextField
              label={said.system}
              required
              value={draft.place}
              onChange={({ target }) => set({ place: target.value })}
            />
          ) : (
            <PlaceField
              label={draft.kind === 'postgres' ? said.server : said.host}
              kind={draft.kind}
              value={draft.place}
              onChoose={(place) => set({ place })}
            />
          )}
        </div>
        {draft.kind === 'postgres' && (
          <PrivilegeField value={draft.privilege ?? ''} onChoose={(privilege) => set({ privilege })} />
        )}
        <TextArea
          label={said.need}
          help={said.needHelp}
          rows={2}
          required
          value={draft.need}
          onChange={({ target }) => set({ need: target.value })}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <PersonPicker
            label={said.approver}
            help={said.approverHelp}
            value={draft.approvedBy === '' ? null : { id: draft.approvedBy, name: names.approver }}
            onChoose={(person) => {
              set({ approvedBy: person?.id ?? '' })
              setNames((before) => ({ ...before, approver: person?.name ?? '' }))
            }}
          />
          <TextField
            label={said.id}
            {...(grant === null ? { help: said.idHelp } : {})}
            required
            readOnly={grant !== null}
            value={draft.id}
            onChange={({ target }) => set({ id: target.value })}
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label={said.from}
            type="date"
            required
            value={draft.from}
            onChange={({ target }) => set({ from: target.value })}
          />
          <TextField
            label={said.until}
            help={said.untilHelp}
            type="date"
            required
            value={draft.until}
            onChange={({ target }) => set({ until: target.value })}
          />
        </div>
        <Fault problem={saving.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function kindOf(value: string): AccessGrant['kind'] {
  return value === 'postgres' || value === 'firewall' ? value : 'other'
}

/** A host that is declared, or a database server that is seen. */
function PlaceField({
  label,
  kind,
  value,
  onChoose,
}: {
  readonly label: string
  readonly kind: 'postgres' | 'firewall'
  readonly value: string
  onChoose(place: string): void
}) {
  const listed = useResource<AccessPlaces>('/api/access/places')
  const found = kind === 'postgres' ? listed.data?.servers : listed.data?.hosts
  return <Listed label={label} value={value} of={found ?? []} onChoose={onChoose} />
}

function ServiceField({
  label,
  value,
  onChoose,
}: {
  readonly label: string
  readonly value: string
  onChoose(service: string): void
}) {
  const services = useResource<readonly { readonly id: string; readonly name: string }[]>('/api/services')
  return <Listed label={label} value={value} of={services.data ?? []} onChoose={onChoose} />
}

function Listed({
  label,
  value,
  of,
  onChoose,
}: {
  readonly label: string
  readonly value: string
  readonly of: readonly { readonly id: string; readonly name: string }[]
  onChoose(id: string): void
}) {
  const said = useWords(text)
  const known = value === '' || of.some(({ id }) => id === value)
  return (
    <SelectField label={label} required value={value} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{said.choose}</option>
      {!known && <option value={value}>{value}</option>}
      {of.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
