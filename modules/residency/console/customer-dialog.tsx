import { choiceWords, residencyChoices } from '@hevd/facts/regions'
import type { Customer, ListedCustomer } from '@hevd/residency/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  TextField,
  useAction,
  useLocale,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { codesIn, PlacesField } from './place-field.tsx'
import { Placements } from './placements.tsx'

const text = words({
  add: { nb: 'Legg til en kunde', en: 'Add a customer' },
  change: { nb: 'Kunde', en: 'Customer' },
  name: { nb: 'Navn', en: 'Name' },
  id: { nb: 'Kortnavn', en: 'Short name' },
  idHelp: {
    nb: 'Det applikasjonene kaller kunden når de spør.',
    en: 'What applications call the customer when they ask.',
  },
  choice: { nb: 'Hvor dataene kan ligge', en: 'Where the data may be' },
  unrecorded: { nb: 'Ikke ført opp', en: 'Not recorded' },
  named: { nb: 'Regioner', en: 'Regions' },
  since: { nb: 'Fra', en: 'Since' },
  contract: { nb: 'Avtalen det står i', en: 'The contract it stands in' },
  save: { nb: 'Lagre', en: 'Save' },
  remove: { nb: 'Fjern', en: 'Remove' },
  saved: { nb: 'Kunden er lagret.', en: 'The customer was saved.' },
  removed: { nb: 'Kunden er fjernet.', en: 'The customer was removed.' },
})

const refreshes = ['/api/residency', '/api/policy', '/api/findings', '/api/controls']
const blank: Customer = { id: '', name: '', choice: null, named: [], since: null, contract: null }

/** Adds a customer, or changes one or removes it; null adds. */
export default function CustomerDialog({
  customer,
  onClose,
}: {
  readonly customer: ListedCustomer | null
  onClose(): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const was = customer === null ? null : plain(customer)
  const [draft, setDraft] = useState(was ?? blank)
  const [named, setNamed] = useState((customer?.named ?? []).join(', '))
  const set = (part: Partial<Customer>) => setDraft((before) => ({ ...before, ...part }))
  const path = `/api/residency/customers/${encodeURIComponent(draft.id)}`
  const saving = useAction({
    call: (body: Customer) => call<unknown>('PUT', path, { ...body, was }),
    refreshes,
    done: text.saved,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: text.removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const body = { ...draft, named: draft.choice === 'named' ? codesIn(named) : [] }
    if ((await saving.run(body)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={customer === null ? said.add : said.change}>
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
            {...(customer === null ? { help: said.idHelp } : {})}
            required
            maxLength={100}
            readOnly={customer !== null}
            value={draft.id}
            onChange={({ target }) => set({ id: target.value })}
          />
        </div>
        <SelectField
          label={said.choice}
          value={draft.choice ?? ''}
          onChange={({ target }) =>
            set({ choice: residencyChoices.find((choice) => choice === target.value) ?? null })
          }
        >
          <option value="">{said.unrecorded}</option>
          {residencyChoices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceWords[choice][locale]}
            </option>
          ))}
        </SelectField>
        {draft.choice === 'named' && (
          <PlacesField label={said.named} withAreas value={named} onChange={setNamed} />
        )}
        {draft.choice !== null && (
          <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
            <TextField
              label={said.contract}
              maxLength={200}
              value={draft.contract ?? ''}
              onChange={({ target }) => set({ contract: target.value || null })}
            />
            <TextField
              label={said.since}
              type="date"
              value={draft.since ?? ''}
              onChange={({ target }) => set({ since: target.value || null })}
            />
          </div>
        )}
        {customer !== null && <Placements of={customer} />}
        <Fault problem={saving.problem ?? removing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {customer !== null && (
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

/** What is entered of a customer, without what the register adds. */
function plain({ stores: _, storeCount: __, ...customer }: ListedCustomer): Customer {
  return customer
}
