import type { ControlSummary } from '@hevd/posture/contract'
import { Link, places, useLocale, useWords, VerdictLine, words } from '@hevd/ui'
import { useCountsInWords } from './counts.ts'
import { NotApplicable } from './not-applicable.tsx'
import { NotProven } from './not-proven.tsx'

const text = words({
  mend: { nb: 'Se hva som må rettes', en: 'See what to mend' },
  open: { nb: 'Se grunnlaget', en: 'See what it rests on' },
})

/** How a promise stands: the verdict and its time, the counts, and the way on. */
export function Margin({ control }: { readonly control: ControlSummary }) {
  const said = useWords(text)
  const locale = useLocale()
  const counts = useCountsInWords(control.counts)
  const { state, since, until, attested, why, next, proven } = control
  if (state === 'not-applicable') return <NotApplicable of={control} brief />
  if (!proven) return <NotProven next={next === null ? null : next[locale]} to={places.control(control.id)} />
  return (
    <div className="flex flex-col gap-1.5 md:pt-1">
      <VerdictLine state={state} since={since} until={state === 'fails' ? null : until} attested={attested} />
      {counts !== null && <p className="text-ink-2">{counts}</p>}
      {why !== null && state !== 'holds' && (
        <p className="line-clamp-3 text-ink-2 text-sm">{why.text[locale]}</p>
      )}
      <p>
        <Link to={places.control(control.id)} className="text-link">
          {state === 'fails' ? said.mend : said.open}
        </Link>
      </p>
    </div>
  )
}
