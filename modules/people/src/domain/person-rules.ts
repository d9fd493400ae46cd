import { erasedWord } from '@hevd/feeds'
import { type FieldFault, wrongDate, wrongText } from '@hevd/register-file'
import type { Person } from '../contract.ts'

export type PersonField = keyof Person
export type PersonFault = FieldFault<PersonField>

/** What every person of the register must be; empty when it is. `isPerson` knows the ids of the register to be. */
export function faultsOf(person: Person, isPerson: (id: string) => boolean): readonly PersonFault[] {
  const { id, name, kind, sponsor, startsOn, endsOn, voluntary } = person
  const faults: PersonFault[] = []
  const fault = (field: PersonField, nb: string, en: string) => faults.push({ field, words: { nb, en } })
  for (const [field, text] of [
    ['id', id],
    ['name', name],
    ['sponsor', sponsor],
  ] as const) {
    const wrong = text === null ? null : wrongText(text)
    if (wrong !== null) faults.push({ field, words: wrong })
  }
  if (id === erasedWord)
    fault(
      'id',
      'Ordet «erased» står der en slettet person sto. Velg et annet nummer.',
      'The word “erased” stands where an erased person stood. Choose another number.',
    )
  if (kind === 'employee' && sponsor !== null)
    fault(
      'sponsor',
      'En ansatt har ingen sponsor. La feltet stå tomt.',
      'An employee has no sponsor. Leave it empty.',
    )
  if (kind === 'contractor' && sponsor === null)
    fault(
      'sponsor',
      'En innleid må ha en sponsor: id-en til den som svarer for personen.',
      'A contractor must have a sponsor: the id of the person who answers for them.',
    )
  if (sponsor !== null && sponsor === id)
    fault(
      'sponsor',
      'Ingen kan være sin egen sponsor. Velg en annen.',
      'Nobody can be their own sponsor. Choose another.',
    )
  else if (sponsor !== null && !isPerson(sponsor))
    fault(
      'sponsor',
      'Sponsoren finnes ikke i registeret. Legg inn personen først, eller ta den med i filen.',
      'The sponsor is not in the register. Enter that person first, or put them in the file.',
    )
  if (kind === 'contractor' && endsOn === null)
    fault(
      'endsOn',
      'En innleid må ha en sluttdato. Sett den til avtalens siste dag.',
      'A contractor must have an end date. Set it to the last day of the agreement.',
    )
  const starts = wrongDate(startsOn)
  if (starts !== null) faults.push({ field: 'startsOn', words: starts })
  const ends = endsOn === null ? null : wrongDate(endsOn)
  if (ends !== null) faults.push({ field: 'endsOn', words: ends })
  else if (endsOn !== null && starts === null && endsOn < startsOn)
    fault(
      'endsOn',
      'Sluttdatoen er før startdatoen. Rett en av dem.',
      'The end date is before the start date. Mend one of them.',
    )
  if (voluntary !== null && endsOn === null)
    fault(
      'voluntary',
      '«Frivillig» gjelder en slutt. Sett en sluttdato, eller la feltet stå tomt.',
      '“Voluntary” is about an end. Set an end date, or leave it empty.',
    )
  return faults
}
