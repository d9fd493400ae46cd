import type { PersonField } from './person-rules.ts'

/** Header names of a file of people, in Norwegian and English, in small letters without marks between words. */
const names: { readonly [Field in PersonField]: readonly string[] } = {
  id: ['id', 'ansattnummer', 'ansattnr', 'personid', 'employeenumber', 'employeeid', 'employeeno', 'number'],
  name: ['navn', 'fulltnavn', 'name', 'fullname'],
  kind: ['type', 'tilknytning', 'ansettelse', 'kind', 'employment', 'relation'],
  sponsor: ['sponsor', 'ansvarlig', 'sponsorid'],
  startsOn: [
    'start',
    'startdato',
    'starter',
    'førstedag',
    'fra',
    'startson',
    'startdate',
    'firstday',
    'from',
  ],
  endsOn: ['slutt', 'sluttdato', 'slutter', 'sistedag', 'til', 'end', 'endson', 'enddate', 'lastday', 'to'],
  voluntary: ['frivillig', 'voluntary'],
}
export const fields: readonly PersonField[] = [
  'id',
  'name',
  'kind',
  'sponsor',
  'startsOn',
  'endsOn',
  'voluntary',
]
export const requiredFields: readonly PersonField[] = ['id', 'name', 'kind', 'startsOn']

/** The field a header stands for; null when we know none. */
export function fieldOf(header: string): PersonField | null {
  const plain = header
    .trim()
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s_.-]/g, '')
  return fields.find((field) => names[field].includes(plain)) ?? null
}

/** The first names of a field, for messages: `startdato / start date`. */
export function headerFor(field: PersonField): { readonly nb: string; readonly en: string } {
  return headers[field]
}

const headers: { readonly [Field in PersonField]: { readonly nb: string; readonly en: string } } = {
  id: { nb: 'id', en: 'id' },
  name: { nb: 'navn', en: 'name' },
  kind: { nb: 'type', en: 'kind' },
  sponsor: { nb: 'sponsor', en: 'sponsor' },
  startsOn: { nb: 'startdato', en: 'start date' },
  endsOn: { nb: 'sluttdato', en: 'end date' },
  voluntary: { nb: 'frivillig', en: 'voluntary' },
}

export const kinds: ReadonlyMap<string, 'employee' | 'contractor'> = new Map([
  ['ansatt', 'employee'],
  ['fast', 'employee'],
  ['employee', 'employee'],
  ['innleid', 'contractor'],
  ['konsulent', 'contractor'],
  ['contractor', 'contractor'],
  ['consultant', 'contractor'],
])
export const answers: ReadonlyMap<string, boolean> = new Map([
  ['ja', true],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['nei', false],
  ['no', false],
  ['false', false],
  ['0', false],
])
