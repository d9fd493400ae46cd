import { after, type Bilingual, type CalendarDate, isCalendarDate } from '@hevd/core'
import type { AskingReader, ReaderState } from '../contract.ts'
import type { HolderRow } from '../store/holders.ts'

/** The longest time that somebody may be a reader without being asked for anew. */
export const longest = 'P2Y'

/** What is wrong with a reader that is asked for; null for nothing. */
export function readerFault({ from, until }: AskingReader, today: CalendarDate): Bilingual | null {
  if (!isCalendarDate(from) || !isCalendarDate(until)) return notDate
  if (until < from) return backwards
  if (until < today) return past
  return until > String(after(from, longest, 'UTC')) ? tooLong : null
}

/** How a reader stands on a day of the organisation. */
export function readerState(
  { decision, endedAt, from, until }: Pick<HolderRow, 'decision' | 'endedAt' | 'from' | 'until'>,
  today: CalendarDate,
): ReaderState {
  if (decision === 'refused') return 'refused'
  if (endedAt !== null) return 'ended'
  if (until < today) return 'over'
  if (decision === null) return 'asked'
  return from > today ? 'to-come' : 'in-force'
}

const notDate = { nb: 'Oppgi datoer som finnes.', en: 'Give dates that there are.' }
const backwards = {
  nb: 'Siste dag er før første dag. Rett en av dem.',
  en: 'The last day is before the first. Mend one of them.',
}
const past = { nb: 'Siste dag er alt forbi.', en: 'The last day is over already.' }
const tooLong = {
  nb: 'En leser kan gjelde i høyst to år. Sett en tidligere siste dag, og forny når den tid kommer.',
  en: 'A reader may last two years at most. Set an earlier last day, and renew it when the time comes.',
}
