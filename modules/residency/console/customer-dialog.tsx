import { choiceWords, residencyChoices } from '@hevd/facts/regions'
import type { Customer, ListedCustomer } from '@hevd/residency/contract'
import { SelectField, TextField, useLocale, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import { EntryDialog } from './entry-dialog.tsx'
import { codesIn, PlacesField } from './place-field.tsx'
import { Placements } from './placements.tsx'

const text = words({
  add: { nb: 'Legg til en kunde', en: 'Add a customer' },
  change: { nb: 'Kunde', en: 'Customer' },
  idHelp: {
    nb: 'Det applikasjonene kaller kunden når de spør.',
    en: 'What applications call the customer when they ask.',
  },
  choice: { nb: 'Hvor dataene kan ligge', en: 'Where the data may be' },
  unrecorded: { nb: 'Ikke ført opp', en: 'Not recorded' },
  named: { nb: 'Regioner', en: 'Regions' },
  since: { nb: 'Fra', en: 'Since' },
  contract: { nb: 'Avtalen det står i', en: 'The contract it stands in' },
  saved: { nb: 'Kunden er lagret.', en: 'The customer was saved.' },
  removed: { nb: 'Kunden er fjernet.', en: 'The customer was removed.' },
})

const blank: Customer = { id: '', name: '', choice: null, named: [], since: null, contract: null }

/** Adds a customer, or changes one or removes it; null adds. */
export default function CustomerDialog({
  of,
  onClose,
}: {
  readonly of: ListedCustomer | null
  onClose(): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const was = of === null ? null : plain(of)
  const [draft, setDraft] = useState(was ?? blank)
  const [named, setNamed] = useState((of?.named ?? []).join(', '))
  const set = (part: Partial<Customer>) => setDraft((before) => ({ ...before, ...part }))
  const entry = { ...draft, named: draft.choice === 'named' ? codesIn(named) : [] }
  return (
    <EntryDialog
      title={of === null ? said.add : said.change}
      said={text}
      api="/api/residency/customers"
      was={was}
      entry={entry}
      onChange={set}
      idHelp={said.idHelp}
      onClose={onClose}
    >
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
      {of !== null && <Placements of={of} />}
    </EntryDialog>
  )
}

/** What is entered of a customer, without what the register adds. */
function plain({ stores: _, storeCount: __, ...customer }: ListedCustomer): Customer {
  return customer
}
