import { fieldWords } from '@hevd/facts/field-words'
import { choiceWords, placeInWords } from '@hevd/facts/regions'
import type { Customer, CustomersPreview } from '@hevd/residency/contract'
import {
  FileImport,
  type ImportedRegister,
  listedWords,
  Page,
  places,
  useLocale,
  useWords,
  words,
} from '@hevd/ui'

const text = words({
  title: { nb: 'Hent kunder fra fil', en: 'Import customers from a file' },
  lead: {
    nb: 'Du ser hva som blir endret, før noe endres. Kunder som ikke står i filen, blir stående som de er.',
    en: 'You see what would change before anything does. Customers that are not in the file stay as they are.',
  },
  csvHelp: {
    nb: 'Første linje er overskrifter: id, navn, valg (policy, eu, europe, us eller named), regioner, fra, avtale. Regionene hører til valget named, med mellomrom mellom.',
    en: 'The first line has the headings: id, name, choice (policy, eu, europe, us or named), regions, since, contract. Regions belong to the choice named, with spaces between.',
  },
})

const fields = ['name', 'choice', 'named', 'since', 'contract'] as const

const register: ImportedRegister<Customer, CustomersPreview> = {
  path: '/api/residency/customers/import',
  home: places.customers,
  refreshes: ['/api/residency', '/api/policy', '/api/findings', '/api/controls'],
  done: { nb: 'Kundene er hentet.', en: 'The customers were imported.' },
  notes: () => [],
  nameOf: ({ name }) => name,
  Details,
  fields: fields.map((field) => [field, fieldWords.customer[field]] as const),
  Value,
}

/** Reads a CSV of customers, shows what it would change, and changes it when told to. */
export default function ImportCustomers() {
  const said = useWords(text)
  return (
    <Page title={said.title} lead={said.lead}>
      <FileImport help={said.csvHelp} of={register} />
    </Page>
  )
}

function Details({ item: { id, choice } }: { readonly item: Customer }) {
  const locale = useLocale()
  return <>{choice === null ? id : `${id} · ${choiceWords[choice][locale]}`}</>
}

/** One field of a customer in the reader's words. */
function Value({ item, field }: { readonly item: Customer; readonly field: keyof Customer }) {
  const locale = useLocale()
  if (field === 'choice') return <>{item.choice === null ? '–' : choiceWords[item.choice][locale]}</>
  if (field === 'named')
    return (
      <>
        {item.named.length === 0
          ? '–'
          : listedWords(
              item.named.map((code) => placeInWords(code, locale)),
              locale,
            )}
      </>
    )
  return <>{item[field] ?? '–'}</>
}
