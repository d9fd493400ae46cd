import { fieldWords } from '@hevd/facts/field-words'
import type { ImportPreview, Person } from '@hevd/people/contract'
import { Day, FileImport, type ImportedRegister, listedWords, Page, places, useWords, words } from '@hevd/ui'
import { kindWords } from './kind-words.ts'

const text = words({
  title: { nb: 'Hent personer fra fil', en: 'Import people from a file' },
  lead: {
    nb: 'Du ser hva som blir endret, før noe endres. De som ikke står i filen, blir stående som de er.',
    en: 'You see what would change before anything does. Those who are not in the file stay as they are.',
  },
  csvHelp: {
    nb: 'Første linje er overskrifter: id, navn, type (ansatt eller innleid), sponsor, startdato, sluttdato, frivillig. Datoer som 2026-11-25.',
    en: 'The first line has the headings: id, name, kind (employee or contractor), sponsor, start date, end date, voluntary. Dates as 2026-11-25.',
  },
  yes: { nb: 'ja', en: 'yes' },
  no: { nb: 'nei', en: 'no' },
})

const late = {
  nb: (ids: string) => `Sluttdato som alt er passert, og føres for sent: ${ids}.`,
  en: (ids: string) => `End dates that have passed and are recorded late: ${ids}.`,
}
const lateShown = 12

const register: ImportedRegister<Person, ImportPreview> = {
  path: '/api/people/import',
  home: places.people,
  refreshes: ['/api/people', '/api/account-owners', '/api/policy', '/api/findings'],
  done: { nb: 'Personene er hentet.', en: 'The people were imported.' },
  notes: (changes, locale) =>
    changes.late.length === 0 ? [] : [late[locale](listedWords(changes.late.slice(0, lateShown), locale))],
  nameOf: ({ name }) => name,
  Details,
  fields: (['name', 'kind', 'sponsor', 'startsOn', 'endsOn', 'voluntary'] as const).map(
    (field) => [field, fieldWords.person[field]] as const,
  ),
  Value,
}

/** Reads a CSV of people, shows what it would change, and changes it when told to. */
export default function Import() {
  const said = useWords(text)
  return (
    <Page title={said.title} lead={said.lead}>
      <FileImport help={said.csvHelp} of={register} />
    </Page>
  )
}

function Details({ item: { id, kind, startsOn, endsOn } }: { readonly item: Person }) {
  const kinds = useWords(kindWords)
  return (
    <>
      {id} · {kinds[kind].toLowerCase()} · <Day date={startsOn} />
      {endsOn !== null && (
        <>
          {' – '}
          <Day date={endsOn} />
        </>
      )}
    </>
  )
}

/** One field of a person in the reader's words. */
function Value({ item, field }: { readonly item: Person; readonly field: keyof Person }) {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  const value = item[field]
  if (value === null) return <>–</>
  if (typeof value === 'boolean') return <>{value ? said.yes : said.no}</>
  if (field === 'kind') return <>{kinds[item.kind].toLowerCase()}</>
  if (field === 'startsOn' || field === 'endsOn') return <Day date={value} />
  return <>{value}</>
}
