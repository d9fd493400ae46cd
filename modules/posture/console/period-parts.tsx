import type { Instant, Locale } from '@hevd/core'
import type { ControlOver, PeriodReport } from '@hevd/posture/contract'
import { languageTag, Mark, machineTime, stateTitle, useLocale, useWords, words } from '@hevd/ui'

const text = words({
  unwatched: { nb: 'Ikke sett på', en: 'Not looked at' },
})

/** A moment of a report: date and time in the period's own zone. */
export function At({ at, zone }: { readonly at: Instant; readonly zone: string }) {
  const locale = useLocale()
  const told = new Intl.DateTimeFormat(languageTag[locale], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at)
  return <time dateTime={machineTime(at)}>{told}</time>
}

/** A share as the reader writes it, cut off and not rounded: what is nearly all is not said to be all. */
export function percent(part: number, whole: number, locale: Locale): string {
  const share = whole === 0 ? 0 : Math.floor((part / whole) * 10_000) / 10_000
  return new Intl.NumberFormat(languageTag[locale], { style: 'percent', maximumFractionDigits: 2 }).format(
    share,
  )
}

/** How a control stood from one end of the period to the other. */
export function PeriodBands({ of, report }: { readonly of: ControlOver; readonly report: PeriodReport }) {
  const locale = useLocale()
  const { from, until } = report
  const place = (at: Instant) => ((at - from) / (until - from)) * 100
  return (
    <div role="img" aria-label={of.title[locale]} className="relative h-8 border-line-2 border-b">
      {of.bands.map((band) => (
        <div
          key={band.from}
          className="absolute inset-y-0 flex min-w-0.5"
          style={{ left: `${place(band.from)}%`, width: `${place(band.until) - place(band.from)}%` }}
          title={stateTitle(band.state, locale)}
        >
          <div className={`w-full band-${band.state}`} />
        </div>
      ))}
    </div>
  )
}

/** How much of the period a control was in each state. */
export function Shares({
  of: { shares },
  report,
}: {
  readonly of: ControlOver
  readonly report: PeriodReport
}) {
  const said = useWords(text)
  const locale = useLocale()
  const whole = report.through - report.from
  const states = (['fails', 'unknown', 'excepted', 'holds', 'not-applicable'] as const).flatMap((state) => {
    const share = shares[state] ?? 0
    return share > 0 ? [{ state, share }] : []
  })
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1">
      {states.map(({ state, share }) => (
        <li key={state}>
          <Mark state={state} /> {percent(share, whole, locale)}
        </li>
      ))}
      {shares.unwatched > 0 && (
        <li className="text-ink-2">
          {said.unwatched} {percent(shares.unwatched, whole, locale)}
        </li>
      )}
    </ul>
  )
}
