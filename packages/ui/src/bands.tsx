import type { Instant, PolicyState } from '@hevd/core'
import { useNow } from './clock.ts'
import { useLocale, useWords } from './locale.tsx'
import { Mark, stateTitle } from './mark.tsx'
import { lasting, moment } from './time.ts'
import { When } from './when.tsx'
import { languageTag, words } from './words.ts'

const text = words({
  table: { nb: 'Vis som tabell', en: 'Show as a table' },
  state: { nb: 'Tilstand', en: 'State' },
  from: { nb: 'Fra', en: 'From' },
  until: { nb: 'Til', en: 'Until' },
  lasted: { nb: 'Varte', en: 'Lasted' },
  now: { nb: 'nå', en: 'now' },
  measuredSince: {
    nb: (when: string) => `Sett på siden ${when}`,
    en: (when: string) => `Looked at since ${when}`,
  },
})

export type Band = { readonly from: Instant; readonly until: Instant | null; readonly state: PolicyState }
const year = 365 * 86_400_000

/**
 * A year of history: each stretch as a band whose height and pattern say its state. The table behind it says the
 * same in words, newest first.
 */
export function Bands({ history, label }: { readonly history: readonly Band[]; readonly label: string }) {
  const said = useWords(text)
  const locale = useLocale()
  const now = useNow()
  const begin = now - year
  const shown = history.filter((band) => (band.until ?? now) > begin)
  const place = (at: Instant) => Math.max(0, Math.min(100, ((at - begin) / year) * 100))
  const first = shown[0]?.from ?? now
  return (
    <figure>
      <div role="img" aria-label={label} className="relative h-10 border-b border-line-2">
        {shown.map((band) => {
          const from = place(band.from)
          const until = place(band.until ?? now)
          return (
            <div
              key={band.from}
              className="absolute inset-y-0 flex min-w-0.5"
              style={{ left: `${from}%`, width: `${until - from}%` }}
              title={`${stateTitle(band.state, locale)} · ${moment(band.from, now, locale)} – ${
                band.until === null ? said.now : moment(band.until, now, locale)
              }`}
            >
              <div className={`w-full band-${band.state}`} />
            </div>
          )
        })}
      </div>
      <Months begin={begin} now={now} />
      {first > begin && (
        <p className="mt-2 text-ink-2 text-sm">{said.measuredSince(moment(first, now, locale))}</p>
      )}
      <details className="mt-3">
        <summary className="text-sm text-accent">{said.table}</summary>
        <table className="mt-3 w-full text-left text-sm">
          <thead className="text-ink-2">
            <tr className="border-b border-line">
              <th className="py-1.5 pr-4 font-medium">{said.state}</th>
              <th className="py-1.5 pr-4 font-medium">{said.from}</th>
              <th className="py-1.5 pr-4 font-medium">{said.until}</th>
              <th className="hidden py-1.5 font-medium sm:table-cell">{said.lasted}</th>
            </tr>
          </thead>
          <tbody>
            {[...history].reverse().map((band) => (
              <tr key={band.from} className="border-b border-line">
                <td className="py-1.5 pr-4">
                  <Mark state={band.state} />
                </td>
                <td className="py-1.5 pr-4">
                  <When at={band.from} />
                </td>
                <td className="py-1.5 pr-4">{band.until === null ? said.now : <When at={band.until} />}</td>
                <td className="hidden py-1.5 sm:table-cell">
                  {lasting((band.until ?? now) - band.from, locale)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

/** Month names under the bands; every other one where it is narrow. */
function Months({ begin, now }: { readonly begin: Instant; readonly now: Instant }) {
  const locale = useLocale()
  const format = new Intl.DateTimeFormat(languageTag[locale], { month: 'short' })
  const start = new Date(begin)
  const months = Array.from({ length: 12 }, (_, index) =>
    new Date(start.getFullYear(), start.getMonth() + 1 + index, 1).getTime(),
  ).filter((at) => at < now)
  return (
    <div aria-hidden="true" className="relative h-5 text-ink-3 text-sm">
      {months.map((at, index) => (
        <span
          key={at}
          className={`absolute top-1 border-l border-line-2 pl-1 leading-none ${index % 2 === 1 ? 'hidden sm:inline' : ''}`}
          style={{ left: `${((at - begin) / year) * 100}%` }}
        >
          {format.format(at).replace('.', '')}
        </span>
      ))}
    </div>
  )
}
