import type { Instant, PolicyState } from '@hevd/core'
import { useNow } from './clock.ts'
import { useLocale, useWords } from './locale.tsx'
import { Mark } from './mark.tsx'
import { faceOf, Ring } from './ring.tsx'
import { lasting, moment } from './time.ts'
import { When } from './when.tsx'
import { words } from './words.ts'

const text = words({
  since: { nb: 'siden', en: 'since' },
  attested: { nb: 'Bekreftet, ikke observert', en: 'Attested, not observed' },
  holdsUntil: {
    nb: (when: string) => `Kan stoles på til ${when}`,
    en: (when: string) => `May be believed until ${when}`,
  },
  left: {
    nb: (left: string, whole: string) => `${left} igjen; full ring er ${whole}`,
    en: (left: string, whole: string) => `${left} left; a full ring is ${whole}`,
  },
  ranOut: {
    nb: (when: string) => `Skulle vært sett på igjen ${when}`,
    en: (when: string) => `Was to be looked at again ${when}`,
  },
})

export type VerdictTimes = {
  readonly state: PolicyState
  readonly since: Instant
  readonly until: Instant | null
  readonly attested?: boolean
}

/** A verdict never comes without its time: since when, until when it may be believed, and whether it is attested. */
export function VerdictLine({ state, since, until, attested = false }: VerdictTimes) {
  const said = useWords(text)
  return (
    <div>
      <p>
        <Mark state={state} />{' '}
        <span className="text-ink-2">
          {said.since} <When at={since} />
        </span>
      </p>
      {until !== null && <BelievedUntil until={until} />}
      {attested && <p className="text-sm text-ink-2">{said.attested}</p>}
    </div>
  )
}

/** Until when a verdict may be believed without another look. */
export function BelievedUntil({ until }: { readonly until: Instant }) {
  const said = useWords(text)
  const locale = useLocale()
  const now = useNow()
  const when = moment(until, now, locale)
  const left = until - now
  const title = left > 0 ? said.left(lasting(left, locale), lasting(faceOf(left), locale)) : undefined
  return (
    <p title={title} className="flex items-center gap-1.5 text-sm text-ink-2">
      <Ring until={until} />
      {left > 0 ? said.holdsUntil(when) : said.ranOut(when)}
    </p>
  )
}
