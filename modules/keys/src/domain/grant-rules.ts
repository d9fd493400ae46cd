import { after, type Bilingual, type CalendarDate, isCalendarDate } from '@hevd/core'
import type { AskingGrant, GrantState, KeyType, Operation } from '../contract.ts'
import type { GrantRow } from '../store/grants.ts'
import { keyTypes } from './key-types.ts'

export const longestGrant = 'P1Y'

/** What is wrong with a grant that is asked for; null for nothing. */
export function grantFault(
  { operations, from, until }: AskingGrant,
  type: KeyType,
  today: CalendarDate,
): Bilingual | null {
  const stray = operations.find((operation) => !can(type, operation))
  if (stray !== undefined) return notOfType(stray, type)
  if (!isCalendarDate(from) || !isCalendarDate(until)) return notDate
  if (until < from) return backwards
  if (until < today) return past
  return until > String(after(from, longestGrant, 'UTC')) ? tooLong : null
}

/** Whether a key of a type can do it at all. */
function can(type: KeyType, operation: Operation): boolean {
  const { aead, signs } = keyTypes[type]
  if (operation === 'sign') return signs !== null
  if (['encrypt', 'decrypt', 'rewrap', 'datakey'].includes(operation)) return aead !== null
  return true
}

/** How a grant stands on a day of the organisation. */
export function grantState(
  { decision, revokedAt, from, until }: Pick<GrantRow, 'decision' | 'revokedAt' | 'from' | 'until'>,
  today: CalendarDate,
): GrantState {
  if (decision === 'refused') return 'refused'
  if (revokedAt !== null) return 'revoked'
  if (until < today) return 'over'
  if (decision === null) return 'asked'
  return from > today ? 'to-come' : 'in-force'
}

const notOfType = (operation: Operation, type: KeyType): Bilingual => ({
  nb: `En nøkkel av typen ${type} kan ikke brukes til «${operation}».`,
  en: `A key of the type ${type} cannot be used for “${operation}”.`,
})
const notDate = { nb: 'Oppgi datoer som finnes.', en: 'Give dates that there are.' }
const backwards = {
  nb: 'Siste dag er før første dag. Rett en av dem.',
  en: 'The last day is before the first. Mend one of them.',
}
const past = { nb: 'Siste dag er alt forbi.', en: 'The last day is over already.' }
const tooLong = {
  nb: 'En tildeling kan gjelde i høyst et år. Sett en tidligere siste dag, og forny den når den tid kommer.',
  en: 'A grant may last a year at most. Set an earlier last day, and renew it when the time comes.',
}
