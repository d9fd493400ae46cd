import { type Column, isoDate, oneOf, yesOrNo } from '@hevd/register-file'
import type { PersonField } from './person-rules.ts'

const kinds = oneOf<'employee' | 'contractor'>(
  new Map([
    ['ansatt', 'employee'],
    ['fast', 'employee'],
    ['employee', 'employee'],
    ['innleid', 'contractor'],
    ['konsulent', 'contractor'],
    ['contractor', 'contractor'],
    ['consultant', 'contractor'],
  ]),
  { nb: 'Skriv «ansatt» eller «innleid».', en: 'Write “employee” or “contractor”.' },
)

/** The columns of a file of people. */
export const columns: readonly Column<PersonField>[] = [
  {
    field: 'id',
    names: [
      'id',
      'ansattnummer',
      'ansattnr',
      'personid',
      'employeenumber',
      'employeeid',
      'employeeno',
      'number',
    ],
    header: { nb: 'id', en: 'id' },
    required: true,
  },
  {
    field: 'name',
    names: ['navn', 'fulltnavn', 'name', 'fullname'],
    header: { nb: 'navn', en: 'name' },
    required: true,
  },
  {
    field: 'kind',
    names: ['type', 'tilknytning', 'ansettelse', 'kind', 'employment', 'relation'],
    header: { nb: 'type', en: 'kind' },
    required: true,
    means: kinds,
  },
  {
    field: 'sponsor',
    names: ['sponsor', 'ansvarlig', 'sponsorid'],
    header: { nb: 'sponsor', en: 'sponsor' },
    required: false,
  },
  {
    field: 'startsOn',
    names: ['start', 'startdato', 'starter', 'førstedag', 'fra', 'startson', 'startdate', 'firstday', 'from'],
    header: { nb: 'startdato', en: 'start date' },
    required: true,
    means: isoDate,
  },
  {
    field: 'endsOn',
    names: ['slutt', 'sluttdato', 'slutter', 'sistedag', 'til', 'end', 'endson', 'enddate', 'lastday', 'to'],
    header: { nb: 'sluttdato', en: 'end date' },
    required: false,
    means: isoDate,
  },
  {
    field: 'voluntary',
    names: ['frivillig', 'voluntary'],
    header: { nb: 'frivillig', en: 'voluntary' },
    required: false,
    means: yesOrNo,
  },
]

export const fields: readonly PersonField[] = columns.map(({ field }) => field)
