import type { ControlSummary } from '@hevd/posture/contract'
import { Mark, useWords, When, words } from '@hevd/ui'

const text = words({
  since: { nb: 'siden', en: 'since' },
  review: { nb: 'Vurderes igjen innen', en: 'Review by' },
})

/** A promise that the organisation has said does not apply: since when, why, and when that is looked at again. */
export function NotApplicable({
  of: { state, since, notApplicable },
  brief = false,
}: {
  readonly of: ControlSummary
  readonly brief?: boolean
}) {
  const said = useWords(text)
  if (notApplicable === null) return null
  return (
    <div className={`flex max-w-[44rem] flex-col ${brief ? 'gap-1.5 md:pt-1' : 'gap-3'}`}>
      <p className={brief ? '' : 'text-lg'}>
        <Mark state={state} />{' '}
        <span className="text-ink-2">
          {said.since} <When at={since} />
        </span>
      </p>
      <p className={brief ? 'line-clamp-3 text-ink-2 text-sm' : 'border-line-2 border-l-2 pl-4'}>
        {notApplicable.reason}
      </p>
      <p className="text-ink-2 text-sm">
        {said.review} <When at={notApplicable.reviewBy} />
      </p>
    </div>
  )
}
