import type { PolicyView } from '@hevd/posture/contract'
import { Shape, stateWord, useLocale, useWords, words } from '@hevd/ui'
import { useEffect, useState } from 'react'

const text = words({ label: { nb: 'Innhold', en: 'Contents' } })

/** The sections with their state, beside the text where there is room; the one being read stands out. */
export function Outline({ view }: { readonly view: PolicyView }) {
  const said = useWords(text)
  const locale = useLocale()
  const reading = useReading(view.sections.map(({ id }) => id))
  return (
    <nav aria-label={said.label} className="max-lg:hidden">
      <ul className="sticky top-8 flex flex-col gap-0.5 pt-2">
        {view.sections.map((section) => (
          <li key={section.id}>
            <a
              href={`#${section.id}`}
              aria-current={reading === section.id ? 'location' : undefined}
              className="flex items-baseline justify-between gap-3 py-1 text-ink-2 hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
            >
              {section.title[locale]}
              <span>
                <Shape state={section.state} className="size-2.5" />
                <span className="sr-only">{stateWord(section.state, locale)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The last section whose heading has passed the upper third of the window. */
function useReading(ids: readonly string[]): string | null {
  const [reading, setReading] = useState<string | null>(ids[0] ?? null)
  const key = ids.join(' ')
  useEffect(() => {
    const look = () => {
      const passed = key.split(' ').filter((id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top
        return top !== undefined && top < window.innerHeight / 3
      })
      setReading(passed.at(-1) ?? key.split(' ')[0] ?? null)
    }
    look()
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [key])
  return reading
}
