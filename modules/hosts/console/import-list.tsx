import { fieldWords } from '@hevd/facts/field-words'
import type { ListedItem, ListKind, ListPreview } from '@hevd/hosts/contract'
import {
  FileImport,
  type ImportedRegister,
  Page,
  places,
  SelectField,
  TextField,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { listWords } from './list-words.ts'

const text = words({
  title: { nb: 'Hent en liste fra fil', en: 'Import a list from a file' },
  lead: {
    nb: 'Listen tar plassen til den forrige fra samme kilde. Du ser hva som blir endret, før noe endres.',
    en: 'The list takes the place of the one before from the same source. You see what would change before anything does.',
  },
  of: { nb: 'Liste over', en: 'List of' },
  source: { nb: 'Kilde', en: 'Source' },
  sourceHelp: {
    nb: 'Et kort navn på hvor listen kommer fra, for eksempel aws-eu-north-1, intune eller innkjøp.',
    en: 'A short name of where the list comes from, such as aws-eu-north-1, intune or purchasing.',
  },
  hosts: {
    nb: 'JSON fra «aws ec2 describe-instances», «az vm list -d» eller «gcloud compute instances list», eller en CSV med id, navn, annet navn, slag (server eller arbeidsmaskin).',
    en: 'JSON of “aws ec2 describe-instances”, “az vm list -d” or “gcloud compute instances list”, or a CSV with id, name, other name, kind (server or workstation).',
  },
  volumes: {
    nb: 'JSON fra «aws ec2 describe-volumes», «az disk list» eller «gcloud compute disks list», eller en CSV med id, navn, serienummer, kryptert.',
    en: 'JSON of “aws ec2 describe-volumes”, “az disk list” or “gcloud compute disks list”, or a CSV with id, name, serial, encrypted.',
  },
  devices: {
    nb: 'Eksporten fra Intune eller Jamf, eller en CSV med id, navn, serienummer, bruker, os, kryptert, skjermlås, samsvar, sist sett. Klokkeslett uten tidssone er UTC.',
    en: 'The export of Intune or Jamf, or a CSV with id, name, serial, user, os, encrypted, screen lock, compliance, last check-in. Times without a zone are UTC.',
  },
  yes: { nb: 'ja', en: 'yes' },
  no: { nb: 'nei', en: 'no' },
  server: { nb: 'server', en: 'server' },
  workstation: { nb: 'arbeidsmaskin', en: 'workstation' },
})

const fields = {
  hosts: named('listed-host', ['name', 'otherNames', 'kind']),
  volumes: named('provider-volume', ['name', 'serials', 'encrypted']),
  devices: named('managed-device', [
    'name',
    'serial',
    'user',
    'os',
    'encrypted',
    'locks',
    'compliant',
    'lastCheckIn',
  ]),
} as const satisfies { [Kind in ListKind]: ImportedRegister<ListedItem, ListPreview>['fields'] }

function named<Type extends 'listed-host' | 'provider-volume' | 'managed-device'>(
  type: Type,
  names: readonly (keyof (typeof fieldWords)[Type] & keyof ListedItem)[],
) {
  return names.map((name) => [name, fieldWords[type][name]] as const)
}

/** Reads an inventory, a provider's disks or device management's export; shows what it changes, and changes it when told to. */
export default function ImportList() {
  const said = useWords(text)
  const kinds = useWords(listWords)
  const [of, setOf] = useState<ListKind>('hosts')
  const [source, setSource] = useState('')
  const register: ImportedRegister<ListedItem, ListPreview> = {
    path: '/api/host-lists',
    sends: { of, source },
    replaces: true,
    home: places.hosts,
    refreshes: ['/api/host-lists', '/api/policy', '/api/findings'],
    done: { nb: 'Listen er hentet.', en: 'The list was imported.' },
    notes: () => [],
    nameOf: ({ id, name }) => (name === '' ? id : name),
    Details,
    fields: fields[of],
    Value,
  }
  const isKind = (value: string): value is ListKind => Object.hasOwn(listWords, value)
  return (
    <Page title={said.title} lead={said.lead}>
      <div className="mb-6 flex max-w-measure flex-col gap-6">
        <SelectField
          label={said.of}
          value={of}
          onChange={({ target }) => {
            if (isKind(target.value)) setOf(target.value)
          }}
        >
          {Object.entries(kinds).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <TextField
          label={said.source}
          help={said.sourceHelp}
          required
          value={source}
          onChange={({ target }) => setSource(target.value)}
        />
      </div>
      {/* Another list or source begins anew: what was previewed is of the one before. */}
      <FileImport key={`${of}|${source}`} help={said[of]} of={register} />
    </Page>
  )
}

function Details({ item }: { readonly item: ListedItem }) {
  const parts = [item.id, item.serials, item.user, item.os]
  return <>{parts.filter((part) => part !== undefined && part !== '').join(' · ')}</>
}

/** One field of an item in the reader's words. */
function Value({ item, field }: { readonly item: ListedItem; readonly field: keyof ListedItem }) {
  const said = useWords(text)
  const value = item[field]
  if (value === undefined || value === null || value === '') return <>–</>
  if (typeof value === 'boolean') return <>{value ? said.yes : said.no}</>
  if (typeof value === 'number') return <When at={value} />
  return <>{field === 'kind' && item.kind !== undefined ? said[item.kind] : value}</>
}
