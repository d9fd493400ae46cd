import type { CalendarDate, Instant } from '@hevd/core'
import { useNow } from './clock.ts'
import { useLocale } from './locale.tsx'
import { dateInWords, exact, lasting, machineTime, moment } from './time.ts'

/** A moment in words; the exact time on hover. */
export function When({ at }: { readonly at: Instant }) {
  const locale = useLocale()
  const now = useNow()
  return (
    <time dateTime={machineTime(at)} title={exact(at, locale)} className="whitespace-nowrap">
      {moment(at, now, locale)}
    </time>
  )
}

/** How long ago, or how long until. */
export function Ago({ at }: { readonly at: Instant }) {
  const locale = useLocale()
  const now = useNow()
  const text = lasting(Math.abs(now - at), locale)
  const past = at <= now
  const told =
    locale === 'nb' ? (past ? `for ${text} siden` : `om ${text}`) : past ? `${text} ago` : `in ${text}`
  return (
    <time dateTime={machineTime(at)} title={exact(at, locale)}>
      {told}
    </time>
  )
}

/** A calendar date, without a time of day. */
export function Day({ date }: { readonly date: CalendarDate }) {
  const locale = useLocale()
  return (
    <time dateTime={date} className="whitespace-nowrap">
      {dateInWords(date, locale)}
    </time>
  )
}
