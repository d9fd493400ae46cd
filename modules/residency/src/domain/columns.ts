import type { Bilingual } from '@hevd/core'
import { residencyChoices } from '@hevd/facts/regions'
import { type Column, type FileRow, isoDate, oneOf } from '@hevd/register-file'
import { type Customer, type DataStore, storeKinds } from '../contract.ts'

const column = <Field extends string>(
  field: Field,
  header: Bilingual,
  names: readonly string[],
  more: Partial<Column<Field>> = {},
): Column<Field> => ({ field, header, names, required: false, ...more })

const wordOf = (words: readonly string[]) =>
  oneOf(new Map(words.map((word) => [word, word])), {
    nb: `Skriv ett av ordene ${words.join(', ')}, eller la feltet stå tomt.`,
    en: `Write one of ${words.join(', ')}, or leave it empty.`,
  })

/** The columns of a file of customers. */
export const customerColumns: readonly Column<keyof Customer>[] = [
  column('id', { nb: 'id', en: 'id' }, ['id', 'kortnavn', 'shortname', 'kundeid', 'customerid'], {
    required: true,
  }),
  column('name', { nb: 'navn', en: 'name' }, ['navn', 'kunde', 'name', 'customer'], { required: true }),
  column('choice', { nb: 'valg', en: 'choice' }, ['valg', 'choice', 'datalokasjon', 'residency'], {
    means: wordOf(residencyChoices),
  }),
  column('named', { nb: 'regioner', en: 'regions' }, [
    'regioner',
    'navngitteregioner',
    'regions',
    'namedregions',
  ]),
  column('since', { nb: 'fra', en: 'since' }, ['fra', 'since', 'from'], { means: isoDate }),
  column('contract', { nb: 'avtale', en: 'contract' }, ['avtale', 'kontrakt', 'contract']),
]

/** The columns of a file of data stores. */
export const storeColumns: readonly Column<keyof DataStore>[] = [
  column('id', { nb: 'id', en: 'id' }, ['id', 'kortnavn', 'shortname'], { required: true }),
  column('name', { nb: 'navn', en: 'name' }, ['navn', 'datalager', 'name', 'store', 'datastore'], {
    required: true,
  }),
  column('kind', { nb: 'slag', en: 'kind' }, ['slag', 'type', 'kind'], { means: wordOf(storeKinds) }),
  column('place', { nb: 'sted', en: 'place' }, ['sted', 'region', 'place', 'location'], { required: true }),
  column('host', { nb: 'maskin', en: 'host' }, ['maskin', 'host', 'server']),
  column('seenPlace', { nb: 'sett sted', en: 'seen place' }, ['settsted', 'seenplace', 'seenregion']),
  column('seenOn', { nb: 'sett den', en: 'seen on' }, ['settden', 'seenon', 'seen'], { means: isoDate }),
  column('bytes', { nb: 'byte', en: 'bytes' }, ['byte', 'bytes', 'størrelse', 'size']),
  column('dedicatedTo', { nb: 'bare for kunde', en: 'dedicated to' }, [
    'bareforkunde',
    'dedicatedto',
    'kunde',
    'customer',
  ]),
]

type Text = string | null

/** What a cell says; what stands in the register where the file has not the column. */
function textOf<Field extends string>({ says }: FileRow<Field>, field: Field, before: Text): Text {
  const cell = says[field]
  return cell === undefined || typeof cell === 'boolean' ? before : cell
}

const listOf = (text: string) => text.split(/[\s,;|]+/).filter((code) => code !== '')

export function customerOfRow(
  id: string,
  row: FileRow<keyof Customer>,
  before: Customer | undefined,
): Customer {
  const choice = textOf(row, 'choice', before?.choice ?? null)
  const named = textOf(row, 'named', before?.named.join(' ') ?? null)
  return {
    id,
    name: textOf(row, 'name', before?.name ?? null) ?? '',
    choice: residencyChoices.find((one) => one === choice) ?? null,
    named: named === null ? [] : listOf(named),
    since: textOf(row, 'since', before?.since ?? null),
    contract: textOf(row, 'contract', before?.contract ?? null),
  }
}

export function storeOfRow(
  id: string,
  row: FileRow<keyof DataStore>,
  before: DataStore | undefined,
): DataStore {
  const kind = textOf(row, 'kind', before?.kind ?? null)
  const bytes = textOf(row, 'bytes', before?.bytes?.toString() ?? null)
  return {
    id,
    name: textOf(row, 'name', before?.name ?? null) ?? '',
    kind: storeKinds.find((one) => one === kind) ?? 'other',
    place: textOf(row, 'place', before?.place ?? null) ?? '',
    host: textOf(row, 'host', before?.host ?? null),
    seenPlace: textOf(row, 'seenPlace', before?.seenPlace ?? null),
    seenOn: textOf(row, 'seenOn', before?.seenOn ?? null),
    bytes: bytes === null ? null : /^\d{1,16}$/.test(bytes) ? Number(bytes) : -1,
    dedicatedTo: textOf(row, 'dedicatedTo', before?.dedicatedTo ?? null),
  }
}
