import { type FieldFault, type FileRow, type Rules, wrongText } from '@hevd/register-file'
import { type DataSet, dataSet } from '../contract.ts'
import { type DataField, fields } from './columns.ts'

/** What every set of the register must be; empty when it is. `isPerson` knows the ids of the register of people. */
export function faultsOf(set: DataSet, isPerson: (id: string) => boolean): readonly FieldFault<DataField>[] {
  const faults: FieldFault<DataField>[] = (['id', 'name', 'class', 'place', 'owner'] as const).flatMap(
    (field) => {
      const text = set[field]
      const words = text === null ? null : (wrongText(text) ?? tooLong(field, text))
      return words === null ? [] : [{ field, words }]
    },
  )
  const { owner, retentionDays } = set
  if (owner !== null && !isPerson(owner))
    faults.push({
      field: 'owner',
      words: {
        nb: 'Eieren finnes ikke i registeret over personer. Legg inn personen først.',
        en: 'The owner is not in the register of people. Enter that person first.',
      },
    })
  if (!dataSet.shape.retentionDays.safeParse(retentionDays).success)
    faults.push({
      field: 'retentionDays',
      words: {
        nb: 'Lagringstiden er et helt antall dager, fra 1 til 36525.',
        en: 'The retention is a whole number of days, from 1 to 36525.',
      },
    })
  return faults
}

function tooLong(field: 'id' | 'name' | 'class' | 'place' | 'owner', text: string) {
  if (dataSet.shape[field].safeParse(text).success) return null
  return { nb: 'Teksten er for lang. Kort den ned.', en: 'The text is too long. Shorten it.' }
}

export function isSame(one: DataSet, other: DataSet): boolean {
  return fields.every((field) => one[field] === other[field])
}

export const importRules = (isPerson: (id: string) => boolean): Rules<DataField, DataSet> => ({
  itemOf: setOf,
  faultsOf: (set) => faultsOf(set, isPerson),
  isSame,
})

function setOf(id: string, { says }: FileRow<DataField>, before: DataSet | undefined): DataSet {
  const text = (field: 'class' | 'place' | 'owner') => {
    const value = says[field]
    return value === undefined || typeof value === 'boolean' ? (before?.[field] ?? null) : value
  }
  const answer = (
    field: 'encryptedAtRest' | 'encryptedInTransit' | 'accessRestricted' | 'backedUp',
  ): boolean => {
    const value = says[field]
    return typeof value === 'boolean' ? value : value === null ? false : (before?.[field] ?? false)
  }
  const days = says.retentionDays
  return {
    id,
    name: typeof says.name === 'string' ? says.name : (before?.name ?? ''),
    class: text('class'),
    place: text('place'),
    owner: text('owner'),
    encryptedAtRest: answer('encryptedAtRest'),
    encryptedInTransit: answer('encryptedInTransit'),
    accessRestricted: answer('accessRestricted'),
    backedUp: answer('backedUp'),
    retentionDays:
      days === undefined || typeof days === 'boolean'
        ? (before?.retentionDays ?? null)
        : days === null
          ? null
          : daysOf(days),
  }
}

/** What is no number is none that fits: 0 days, which the rules refuse. */
function daysOf(cell: string): number {
  return /^\d{1,6}$/.test(cell) ? Number(cell) : 0
}
