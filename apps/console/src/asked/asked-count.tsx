import { numeral, useLocale, useWords, words } from '@hevd/ui'
import { useAsked } from './use-asked.ts'

const text = words({
  waiting: {
    nb: (count: number) => (count === 1 ? 'én ting venter' : `${count} ting venter`),
    en: (count: number) => (count === 1 ? 'one thing waits' : `${count} things wait`),
  },
})

/** How much is asked of the reader, beside the page's name; nothing where that is nothing or not known. */
export function AskedCount() {
  const said = useWords(text)
  const locale = useLocale()
  const count = useAsked().data?.items.length ?? 0
  if (count === 0) return null
  return (
    <span className="ml-1.5 rounded-full bg-accent-wash px-1.5 font-medium text-accent text-sm tabular-nums">
      <span aria-hidden="true">{numeral(count, locale)}</span>
      <span className="sr-only">({said.waiting(count)})</span>
    </span>
  )
}
