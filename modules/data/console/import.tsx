import type { DataSet, ImportPreview } from '@hevd/data/contract'
import { fieldWords } from '@hevd/facts/field-words'
import { FileImport, type ImportedRegister, Page, places, useLocale, useWords, words } from '@hevd/ui'
import { classCalled } from './class-words.ts'

const text = words({
  title: { nb: 'Hent datasett fra fil', en: 'Import data sets from a file' },
  lead: {
    nb: 'Du ser hva som blir endret, før noe endres. Datasett som ikke står i filen, blir stående som de er.',
    en: 'You see what would change before anything does. Data sets that are not in the file stay as they are.',
  },
  csvHelp: {
    nb: 'Første linje er overskrifter: id, navn, klasse, sted, eier, kryptert lagret, kryptert overført, begrenset tilgang, sikkerhetskopiert (ja eller nei), lagringstid i dager. Eieren er nummeret til en person.',
    en: 'The first line has the headings: id, name, class, place, owner, encrypted at rest, encrypted in transit, access restricted, backed up (yes or no), retention days. The owner is the number of a person.',
  },
  yes: { nb: 'ja', en: 'yes' },
  no: { nb: 'nei', en: 'no' },
})

const fields = [
  'name',
  'class',
  'place',
  'owner',
  'encryptedAtRest',
  'encryptedInTransit',
  'accessRestricted',
  'backedUp',
  'retentionDays',
] as const

const register: ImportedRegister<DataSet, ImportPreview> = {
  path: '/api/data-sets/import',
  home: places.data,
  refreshes: ['/api/data-sets', '/api/policy', '/api/findings'],
  done: { nb: 'Datasettene er hentet.', en: 'The data sets were imported.' },
  notes: () => [],
  nameOf: ({ name }) => name,
  Details,
  fields: fields.map((field) => [field, fieldWords['data-set'][field]] as const),
  Value,
}

/** Reads a CSV of data sets, shows what it would change, and changes it when told to. */
export default function Import() {
  const said = useWords(text)
  return (
    <Page title={said.title} lead={said.lead}>
      <FileImport help={said.csvHelp} of={register} />
    </Page>
  )
}

function Details({ item }: { readonly item: DataSet }) {
  const locale = useLocale()
  const parts = [item.id, item.class === null ? null : classCalled(item.class, locale), item.place]
  return <>{parts.filter((part) => part !== null).join(' · ')}</>
}

/** One field of a set in the reader's words. */
function Value({ item, field }: { readonly item: DataSet; readonly field: keyof DataSet }) {
  const said = useWords(text)
  const locale = useLocale()
  const value = item[field]
  if (value === null) return <>–</>
  if (typeof value === 'boolean') return <>{value ? said.yes : said.no}</>
  return <>{field === 'class' ? classCalled(String(value), locale) : value}</>
}
