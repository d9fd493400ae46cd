import type { ControlSummary } from '@hevd/posture/contract'
import { Link, places, useLocale, useWords, words } from '@hevd/ui'
import { Margin } from './margin.tsx'

const text = words({ how: { nb: 'Slik gjør vi det', en: 'How we do it' } })

/** One promise: its words, and in the margin how it stands. Under each other where it is narrow. */
export function PolicyControl({ control }: { readonly control: ControlSummary }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <article
      id={control.id}
      className="grid grid-cols-1 gap-x-12 gap-y-4 border-line border-b py-8 md:grid-cols-[minmax(0,1fr)_17rem]"
    >
      <div className="max-w-measure">
        <h3 className="font-semibold font-serif text-xl">
          <Link to={places.control(control.id)} className="hover:text-accent">
            {control.title[locale]}
          </Link>
        </h3>
        <p className="mt-2 font-serif text-lg">{control.statement[locale]}</p>
        <details className="group mt-3">
          <summary className="inline-flex list-none items-center gap-1.5 text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
            <svg
              viewBox="0 0 16 16"
              aria-hidden="true"
              className="size-2.5 transition-transform duration-(--quick) group-open:rotate-90"
            >
              <path d="m5 2 6 6-6 6" fill="none" stroke="currentColor" strokeWidth="2" />
            </svg>
            {said.how}
          </summary>
          <p className="mt-2 font-serif text-ink-2 leading-relaxed">{control.how[locale]}</p>
        </details>
      </div>
      <Margin control={control} />
    </article>
  )
}
