import { choiceWords, placeInWords } from '@hevd/facts/regions'
import type { ListedCustomer } from '@hevd/residency/contract'
import {
  type Column,
  Day,
  Link,
  listedWords,
  Mark,
  places,
  useLocale,
  useRead,
  useWords,
  words,
} from '@hevd/ui'
import { lazy } from 'react'
import { Register } from './register.tsx'

const CustomerDialog = lazy(() => import('./customer-dialog.tsx'))

const text = words({
  title: { nb: 'Kunder', en: 'Customers' },
  lead: {
    nb: 'Hva hver kunde har valgt, hvor det står, og hvilke datalagre som har data om kunden.',
    en: 'What each customer chose, where that stands, and which stores have their data.',
  },
  name: { nb: 'Navn', en: 'Name' },
  choice: { nb: 'Valg', en: 'Choice' },
  unrecorded: { nb: 'Ikke ført opp: som policyen sier', en: 'Not recorded: as the policy says' },
  contract: { nb: 'Avtale', en: 'Contract' },
  missing: { nb: 'mangler', en: 'missing' },
  where: { nb: 'Dataene ligger i', en: 'The data is in' },
  nowhere: { nb: 'ingen meldt', en: 'none reported' },
  more: { nb: (count: number) => `og ${count} til`, en: (count: number) => `and ${count} more` },
  none: { nb: 'Ingen kunder er ført opp', en: 'No customers are entered' },
  noneWhy: {
    nb: 'Hent dem fra en fil, eller begynn med dem som har en egen avtale om hvor data ligger.',
    en: 'Import them from a file, or begin with those who have a contract on where their data is.',
  },
  notFound: { nb: 'Ingen svarer til søket', en: 'Nobody answers to the search' },
})

/** The register of customers, each with their choice and where their data is. */
export default function Customers() {
  return (
    <Register
      said={useWords(text)}
      api="/api/residency/customers"
      importAt={places.importCustomers}
      columns={useColumns()}
      dialog={CustomerDialog}
    />
  )
}

function useColumns(): readonly Column<ListedCustomer>[] {
  const said = useWords(text)
  const locale = useLocale()
  return [
    {
      key: 'name',
      head: said.name,
      width: '1.4fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name }) => (
        <>
          <Link to={places.subject('customer', id)} className="font-medium hover:text-accent">
            {name}
          </Link>{' '}
          <span className="break-words text-ink-3 text-sm">{id}</span>
        </>
      ),
    },
    {
      key: 'choice',
      head: said.choice,
      width: '1.3fr',
      sort: ({ choice }) => choice ?? '',
      cell: ({ choice, named }) =>
        choice === null ? (
          <span className="text-ink-2">{said.unrecorded}</span>
        ) : choice === 'named' ? (
          listedWords(
            named.map((code) => placeInWords(code, locale)),
            locale,
          )
        ) : (
          choiceWords[choice][locale]
        ),
    },
    {
      key: 'contract',
      head: said.contract,
      sort: ({ contract }) => contract ?? '',
      cell: ({ choice, contract, since }) =>
        choice === null ? (
          '–'
        ) : (
          <>
            {contract ?? <span className="text-fails">{said.missing}</span>}
            {since !== null && (
              <span className="block text-ink-2 text-sm">
                <Day date={since} />
              </span>
            )}
          </>
        ),
    },
    { key: 'where', head: said.where, width: '2fr', cell: (customer) => <Where of={customer} /> },
  ]
}

/** Stores with a customer's data; what is not within the choice says why. */
function Where({ of: { stores, storeCount } }: { readonly of: ListedCustomer }) {
  const said = useWords(text)
  const read = useRead()
  if (storeCount === 0) return <span className="text-ink-3">{said.nowhere}</span>
  return (
    <ul>
      {stores.map(({ store, verdict, why }) => (
        <li key={store} className="break-words">
          {store} <Mark state={verdict} />
          {verdict !== 'holds' && why !== null && (
            <span className="block text-ink-2 text-sm">{read(why.text)}</span>
          )}
        </li>
      ))}
      {storeCount > stores.length && <li className="text-ink-2">{said.more(storeCount - stores.length)}</li>}
    </ul>
  )
}
