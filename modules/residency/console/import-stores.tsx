import { fieldWords } from '@hevd/facts/field-words'
import { placeInWords } from '@hevd/facts/regions'
import type { DataStore, StoresPreview } from '@hevd/residency/contract'
import {
  FileImport,
  type ImportedRegister,
  Page,
  places,
  sizeInWords,
  useLocale,
  useWords,
  words,
} from '@hevd/ui'
import { storeKindWords } from './store-words.ts'

const text = words({
  title: { nb: 'Hent datalagre fra fil', en: 'Import data stores from a file' },
  lead: {
    nb: 'Du ser hva som blir endret, før noe endres. Lagre som ikke står i filen, blir stående som de er.',
    en: 'You see what would change before anything does. Stores that are not in the file stay as they are.',
  },
  csvHelp: {
    nb: 'Første linje er overskrifter: id, navn, slag, sted, maskin, sett sted, sett den, byte, bare for kunde. Stedet er et land som NO, eller en region som aws:eu-north-1.',
    en: 'The first line has the headings: id, name, kind, place, host, seen place, seen on, bytes, dedicated to. The place is a country such as NO, or a region such as aws:eu-north-1.',
  },
})

const fields = ['name', 'kind', 'place', 'host', 'seenPlace', 'seenOn', 'bytes', 'dedicatedTo'] as const

const register: ImportedRegister<DataStore, StoresPreview> = {
  path: '/api/residency/stores/import',
  home: places.dataStores,
  refreshes: ['/api/residency', '/api/policy', '/api/findings', '/api/controls'],
  done: { nb: 'Datalagrene er hentet.', en: 'The data stores were imported.' },
  notes: () => [],
  nameOf: ({ name }) => name,
  Details,
  fields: fields.map((field) => [field, fieldWords['data-store'][field]] as const),
  Value,
}

/** Reads a CSV of data stores, shows what it would change, and changes it when told to. */
export default function ImportStores() {
  const said = useWords(text)
  return (
    <Page title={said.title} lead={said.lead}>
      <FileImport help={said.csvHelp} of={register} />
    </Page>
  )
}

function Details({ item: { id, kind, place } }: { readonly item: DataStore }) {
  const locale = useLocale()
  const kinds = useWords(storeKindWords)
  return <>{[id, kinds[kind], placeInWords(place, locale)].join(' · ')}</>
}

/** One field of a store in the reader's words. */
function Value({ item, field }: { readonly item: DataStore; readonly field: keyof DataStore }) {
  const locale = useLocale()
  const kinds = useWords(storeKindWords)
  const value = item[field]
  if (value === null) return <>–</>
  if (field === 'kind') return <>{kinds[item.kind]}</>
  if (field === 'bytes') return <>{sizeInWords(item.bytes ?? 0, locale)}</>
  return <>{field === 'place' || field === 'seenPlace' ? placeInWords(String(value), locale) : value}</>
}
