import type { FindingView } from '@hevd/posture/contract'
import { numeral, useLocale, useWords, When, words } from '@hevd/ui'

const text = words({
  lastSeen: { nb: 'Sist sett', en: 'Last seen' },
  exceptedUntil: { nb: 'Unntatt til', en: 'Excepted until' },
  flapping: {
    nb: (times: string) => `Ustabilt: har begynt å svikte ${times} ganger siden`,
    en: (times: string) => `Unstable: has begun to fail ${times} times since`,
  },
  heldSince: { nb: 'Sett i orden siden', en: 'Seen to hold since' },
  believedAt: { nb: 'regnes som i orden fra', en: 'counts as holding from' },
})

type Remarked = Pick<FindingView, 'lastSeen' | 'flapping' | 'exception'>

/**
 * What stands beside a finding's reason: a failure that nobody sees now, one that comes and goes, and one that is accepted for
 * a time. Nothing where there is nothing to say.
 */
export function Remarks({ of: { lastSeen, flapping, exception } }: { readonly of: Remarked }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <>
      {lastSeen !== null && (
        <span className="block text-ink-2 text-sm">
          {said.lastSeen} <When at={lastSeen} />
        </span>
      )}
      {flapping !== null && (
        <span className="block text-ink-2 text-sm">
          {said.flapping(numeral(flapping.times, locale))} <When at={flapping.since} />.
          {flapping.heldSince !== null && flapping.believedAt !== null && (
            <>
              {' '}
              {said.heldSince} <When at={flapping.heldSince} />, {said.believedAt}{' '}
              <When at={flapping.believedAt} />.
            </>
          )}
        </span>
      )}
      {exception !== null && (
        <span className="block text-excepted text-sm">
          {said.exceptedUntil} <When at={exception.until} />
        </span>
      )}
    </>
  )
}
