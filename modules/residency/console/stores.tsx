import { placeInWords } from '@hevd/facts/regions'
import type { ListedStore } from '@hevd/residency/contract'
import { type Column, Link, Mark, places, sizeInWords, useLocale, useRead, useWords, words } from '@hevd/ui'
import { lazy } from 'react'
import { Register } from './register.tsx'
import { storeKindWords } from './store-words.ts'

const StoreDialog = lazy(() => import('./store-dialog.tsx'))

const text = words({
  title: { nb: 'Datalagre', en: 'Data stores' },
  lead: {
    nb: 'Databaser, objektlagre, sikkerhetskopier og logger: hvor de er ført opp, og hvor de er sett.',
    en: 'Databases, buckets, backups and logs: where they are declared to be, and where they were seen.',
  },
  name: { nb: 'Navn', en: 'Name' },
  place: { nb: 'Oppgitt sted', en: 'Declared place' },
  seen: { nb: 'Sett', en: 'Seen' },
  size: { nb: 'Størrelse', en: 'Size' },
  unknownSize: { nb: 'ukjent', en: 'unknown' },
  customers: { nb: 'Kunder', en: 'Customers' },
  dedicated: { nb: (id: string) => `bare ${id}`, en: (id: string) => `${id} alone` },
  none: { nb: 'Ingen datalagre er ført opp', en: 'No data stores are entered' },
  noneWhy: {
    nb: 'Begynn med databasene kundenes data ligger i, og stedet hver av dem er på.',
    en: 'Begin with the databases that customers’ data is in, and the place of each.',
  },
  notFound: { nb: 'Ingen svarer til søket', en: 'Nothing answers to the search' },
})

/** The register of data stores, each with whether it is seen to be where it is declared to be. */
export default function Stores() {
  return (
    <Register
      said={useWords(text)}
      api="/api/residency/stores"
      importAt={places.importDataStores}
      columns={useColumns()}
      dialog={StoreDialog}
    />
  )
}

function useColumns(): readonly Column<ListedStore>[] {
  const said = useWords(text)
  const kinds = useWords(storeKindWords)
  const locale = useLocale()
  const read = useRead()
  return [
    {
      key: 'name',
      head: said.name,
      width: '1.5fr',
      narrow: 'lead',
      sort: ({ name }) => name,
      cell: ({ id, name, kind, hostName }) => (
        <>
          <Link to={places.subject('data-store', id)} className="font-medium hover:text-accent">
            {name}
          </Link>
          <span className="block break-words text-ink-2 text-sm">
            {[kinds[kind], hostName].filter((part) => part !== null).join(' · ')}
          </span>
        </>
      ),
    },
    {
      key: 'place',
      head: said.place,
      width: '1.2fr',
      sort: ({ place }) => place,
      cell: ({ place }) => placeInWords(place, locale),
    },
    {
      key: 'seen',
      head: said.seen,
      width: '2fr',
      sort: ({ verdict }) => verdict,
      cell: ({ verdict, why }) => (
        <>
          <Mark state={verdict} />
          {why !== null && <span className="block text-ink-2 text-sm">{read(why.text)}</span>}
        </>
      ),
    },
    {
      key: 'size',
      head: said.size,
      width: '6rem',
      sort: ({ bytes }) => bytes ?? -1,
      cell: ({ bytes }) =>
        bytes === null ? <span className="text-ink-3">{said.unknownSize}</span> : sizeInWords(bytes, locale),
    },
    {
      key: 'customers',
      head: said.customers,
      width: '6rem',
      sort: ({ customers }) => customers,
      cell: ({ customers, dedicatedTo }) => (
        <>
          {customers}
          {dedicatedTo !== null && (
            <span className="block break-words text-ink-2 text-sm">{said.dedicated(dedicatedTo)}</span>
          )}
        </>
      ),
    },
  ]
}
