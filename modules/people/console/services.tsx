import type { NamedService } from '@hevd/people/contract'
import {
  Button,
  type Column,
  call,
  Dialog,
  DialogActions,
  EmptyState,
  Fault,
  Loaded,
  Page,
  Table,
  TextField,
  useAction,
  useMayChange,
  useQueryText,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { RegisterTabs } from './register-tabs.tsx'

const text = words({
  title: { nb: 'Tjenester', en: 'Services' },
  lead: {
    nb: 'Programmer som har egne kontoer. Hver tjeneste har en person som svarer for den.',
    en: 'Programs that have accounts of their own. Each service has a person who answers for it.',
  },
  add: { nb: 'Legg til', en: 'Add' },
  addTitle: { nb: 'Legg til en tjeneste', en: 'Add a service' },
  changeTitle: { nb: 'Endre tjeneste', en: 'Change a service' },
  name: { nb: 'Navn', en: 'Name' },
  id: { nb: 'Kortnavn', en: 'Short name' },
  owner: { nb: 'Ansvarlig', en: 'Owner' },
  ownerHelp: {
    nb: 'Nummeret til personen som svarer for tjenesten.',
    en: 'The number of the person who answers for it.',
  },
  change: { nb: 'Endre', en: 'Change' },
  remove: { nb: 'Fjern', en: 'Remove' },
  save: { nb: 'Lagre', en: 'Save' },
  saved: { nb: 'Tjenesten er lagret.', en: 'The service was saved.' },
  removed: { nb: 'Tjenesten er fjernet.', en: 'The service was removed.' },
  none: { nb: 'Ingen tjenester ennå', en: 'No services yet' },
  noneWhy: {
    nb: 'Legg inn dem som har kontoer: sikkerhetskopi, overvåking, databasen.',
    en: 'Enter those that have accounts: backup, monitoring, the database.',
  },
})

const refreshes = ['/api/services', '/api/account-owners', '/api/policy', '/api/findings']

/** Named services and who answers for each. */
export default function Services() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [edited, setEdited] = useState<NamedService | null>(null)
  const services = useResource<readonly NamedService[]>('/api/services')
  const columns: readonly Column<NamedService>[] = [
    {
      key: 'name',
      head: said.name,
      width: '2fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name }) => (
        <>
          <span className="font-medium">{name}</span> <span className="text-ink-3 text-sm">{id}</span>
        </>
      ),
    },
    { key: 'owner', head: said.owner, width: '2fr', sort: ({ owner }) => owner, cell: ({ owner }) => owner },
    ...(mayChange
      ? [
          {
            key: 'change',
            head: said.change,
            width: '5rem',
            narrow: 'lead' as const,
            cell: (service: NamedService) => (
              <Button
                weight="quiet"
                className="min-h-6 py-0"
                aria-label={`${said.change}: ${service.name}`}
                onClick={() => setEdited(service)}
              >
                {said.change}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        mayChange && (
          <Button weight="main" onClick={() => change({ add: 'yes' })}>
            {said.add}
          </Button>
        )
      }
    >
      <RegisterTabs />
      <Loaded of={services}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table label={said.title} columns={columns} rows={all} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
      {query.get('add') === 'yes' && <ServiceDialog service={null} onClose={() => change({ add: null })} />}
      {edited !== null && <ServiceDialog service={edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function ServiceDialog({ service, onClose }: { readonly service: NamedService | null; onClose(): void }) {
  const said = useWords(text)
  const [draft, setDraft] = useState<NamedService>(service ?? { id: '', name: '', owner: '' })
  const path = `/api/services/${encodeURIComponent(draft.id)}`
  const saving = useAction({
    call: (body: NamedService) => call<unknown>('PUT', path, body),
    refreshes,
    done: text.saved,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: text.removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await saving.run(draft)).ok) onClose()
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
        <TextField
          label={said.owner}
          help={said.ownerHelp}
          required
          value={draft.owner}
          onChange={({ target }) => setDraft({ ...draft, owner: target.value })}
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
