import type { Instant, PolicyState } from '@hevd/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Link } from './link.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Shape, stateTitle, stateWord } from './mark.tsx'
import { places } from './places.ts'
import { When } from './when.tsx'
import { numeral, words } from './words.ts'

const text = words({
  label: {
    nb: 'Hele policyen, ett merke per kontroll. Piltaster går fra merke til merke.',
    en: 'The whole policy, one mark per control. Arrow keys go from mark to mark.',
  },
  since: { nb: 'siden', en: 'since' },
  whole: { nb: 'Til hele policyen', en: 'To the whole policy' },
})

export type StripMark = {
  readonly id: string
  readonly title: string
  readonly state: PolicyState
  readonly since: Instant
  readonly to: string
}
export type StripSection = {
  readonly id: string
  readonly title: string
  readonly marks: readonly StripMark[]
}

/**
 * The sign of the product: one mark per control, in policy order, grouped by section. Pointing at a mark or moving to
 * it by the arrow keys names it on the line below; a click or Enter goes there. It is one stop for the Tab key. Where it
 * is narrow, marks that a finger could hit would fill the window: they stand close there, and lead to the policy.
 */
export function Strip({ sections }: { readonly sections: readonly StripSection[] }) {
  const said = useWords(text)
  const locale = useLocale()
  const marks = sections.flatMap((section) => section.marks)
  const [current, setCurrent] = useState(0)
  const [named, setNamed] = useState<StripMark | null>(null)
  const list = useRef<HTMLElement>(null)

  const move = (event: KeyboardEvent) => {
    const to = stepTo(event.key, current, marks.length)
    if (to === null) return
    event.preventDefault()
    setCurrent(to)
    list.current?.querySelectorAll('a')[to]?.focus()
  }
  let index = -1
  return (
    <div>
      <Narrow sections={sections} />
      <nav
        ref={list}
        aria-label={said.label}
        onKeyDown={move}
        onMouseLeave={() => setNamed(null)}
        className="-ml-1.5 flex flex-wrap gap-x-2 gap-y-0 max-md:hidden"
      >
        {sections.map((section) => (
          <ul key={section.id} aria-label={section.title} className="flex flex-wrap">
            {section.marks.map((mark) => {
              index += 1
              const own = index
              return (
                <li key={mark.id} className="flex">
                  <Link
                    to={mark.to}
                    tabIndex={own === current ? 0 : -1}
                    aria-label={`${mark.title}: ${stateWord(mark.state, locale)}`}
                    onFocus={() => {
                      setCurrent(own)
                      setNamed(mark)
                    }}
                    onBlur={() => setNamed(null)}
                    onMouseEnter={() => setNamed(mark)}
                    className="grid size-6 place-items-center rounded hover:bg-paper-2"
                  >
                    <Shape state={mark.state} className="size-3" />
                  </Link>
                </li>
              )
            })}
          </ul>
        ))}
      </nav>
      <p className="mt-1 min-h-5 truncate text-sm text-ink-2" aria-live="off">
        {named === null ? (
          <Counts marks={marks} />
        ) : (
          <>
            <span className="font-medium text-ink">{named.title}</span>
            {' · '}
            {stateTitle(named.state, locale)} {said.since} <When at={named.since} />
          </>
        )}
      </p>
    </div>
  )
}

function Narrow({ sections }: { readonly sections: readonly StripSection[] }) {
  const said = useWords(text)
  return (
    <Link to={places.policy} className="flex flex-wrap gap-x-2 gap-y-1 rounded py-1.5 md:hidden">
      <span className="sr-only">{said.whole}</span>
      {sections.map(({ id, marks }) => (
        <span key={id} className="flex gap-[3px]">
          {marks.map((mark) => (
            <Shape key={mark.id} state={mark.state} className="size-2.5" />
          ))}
        </span>
      ))}
    </Link>
  )
}

const counted: readonly PolicyState[] = ['holds', 'fails', 'unknown', 'excepted', 'not-applicable']

/** How many stand how: `45 overholdt · 2 ikke overholdt · 1 ukjent`. */
function Counts({ marks }: { readonly marks: readonly StripMark[] }) {
  const locale = useLocale()
  const shown = counted
    .map((state) => ({ state, count: marks.filter((mark) => mark.state === state).length }))
    .filter(({ count }) => count > 0)
  return (
    <>
      {shown.map(({ state, count }, index) => (
        <span key={state}>
          {index > 0 && ' · '}
          {numeral(count, locale)} {stateWord(state, locale)}
        </span>
      ))}
    </>
  )
}

function stepTo(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(count - 1, at + 1)
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, at - 1)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return null
}
