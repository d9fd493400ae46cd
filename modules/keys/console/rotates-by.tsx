import type { Key } from '@hevd/keys/contract'
import { Ago, durationInWords, useLocale, useNow, useWords, words } from '@hevd/ui'

const text = words({
  byHand: { nb: 'roteres for hånd', en: 'rotated by hand' },
  next: { nb: 'neste', en: 'next' },
  late: { nb: 'skulle vært rotert', en: 'was due' },
  every: { nb: (period: string) => `hver ${period}`, en: (period: string) => `every ${period}` },
})

/** When a key is rotated next, and whether that is overdue. */
export function RotatesBy({ of: { autoRotate, rotatesAt } }: { readonly of: Key }) {
  const said = useWords(text)
  const locale = useLocale()
  const now = useNow()
  if (autoRotate === null || rotatesAt === null)
    return <span className="block text-ink-2 text-sm">{said.byHand}</span>
  const late = rotatesAt < now
  return (
    <span
      className={`block text-sm ${late ? 'text-fails' : 'text-ink-2'}`}
      title={said.every(durationInWords(autoRotate, locale))}
    >
      {late ? said.late : said.next} <Ago at={rotatesAt} />
    </span>
  )
}
