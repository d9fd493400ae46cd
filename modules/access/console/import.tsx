import type { AccessGrant, ImportPreview } from '@hevd/access/contract'
import { Day, FileImport, type ImportedRegister, Page, places, useWords, words } from '@hevd/ui'
import { kindWords, privilegeCalled, privilegeWords } from './access-words.ts'

const text = words({
  title: { nb: 'Hent tilganger fra fil', en: 'Import access from a file' },
  lead: {
    nb: 'Du ser hva som blir endret, før noe endres. Tilganger som ikke står i filen, blir stående som de er.',
    en: 'You see what would change before anything does. Access that is not in the file stays as it is.',
  },
  csvHelp: {
    nb: 'Første linje er overskrifter: referanse, mottaker (person eller tjeneste), hvem, slag (postgres, brannmur eller annet), system, rettighet, behov, godkjent av, fra, til. Personer og tjenester oppgis med nummer eller kortnavn.',
    en: 'The first line has the headings: reference, recipient (person or service), who, kind (postgres, firewall or other), system, privilege, need, approved by, from, until. People and services go by number or short name.',
  },
  person: { nb: 'person', en: 'person' },
  service: { nb: 'tjeneste', en: 'service' },
})

const register: ImportedRegister<AccessGrant, ImportPreview> = {
  path: '/api/access/import',
  home: places.access,
  refreshes: ['/api/access', '/api/policy', '/api/findings'],
  done: { nb: 'Tilgangene er hentet.', en: 'The access was imported.' },
  notes: () => [],
  nameOf: ({ id }) => id,
  Details,
  fields: [
    ['holderKind', { nb: 'Mottaker', en: 'Recipient' }],
    ['holder', { nb: 'Hvem', en: 'Who' }],
    ['kind', { nb: 'Slag', en: 'Kind' }],
    ['place', { nb: 'System', en: 'System' }],
    ['privilege', { nb: 'Rettighet', en: 'Privilege' }],
    ['need', { nb: 'Behov', en: 'Need' }],
    ['approvedBy', { nb: 'Godkjent av', en: 'Approved by' }],
    ['from', { nb: 'Fra', en: 'From' }],
    ['until', { nb: 'Til og med', en: 'Until' }],
  ],
  Value,
}

/** Reads a CSV of access, shows what it would change, and changes it when told to. */
export default function Import() {
  const said = useWords(text)
  return (
    <Page title={said.title} lead={said.lead}>
      <FileImport help={said.csvHelp} of={register} />
    </Page>
  )
}

function Details({ item }: { readonly item: AccessGrant }) {
  const kinds = useWords(kindWords)
  const privileges = useWords(privilegeWords)
  const { holder, kind, place, privilege, until } = item
  const what = privilege === null ? place : `${place}: ${privilegeCalled(privilege, privileges)}`
  return (
    <>
      {holder} · {kinds[kind].toLowerCase()} · {what} · <Day date={until} />
    </>
  )
}

/** One field of a grant in the reader's words. */
function Value({ item, field }: { readonly item: AccessGrant; readonly field: keyof AccessGrant }) {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  const privileges = useWords(privilegeWords)
  const value = item[field]
  if (value === null) return <>–</>
  if (field === 'holderKind') return <>{said[item.holderKind]}</>
  if (field === 'kind') return <>{kinds[item.kind].toLowerCase()}</>
  if (field === 'privilege') return <>{privilegeCalled(value, privileges)}</>
  if (field === 'from' || field === 'until') return <Day date={value} />
  return <>{value}</>
}
