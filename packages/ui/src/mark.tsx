import type { Locale, PolicyState, State } from '@hevd/core'
import { useLocale } from './locale.tsx'

/** How a state is said. */
export const stateWords: { readonly [S in PolicyState]: { readonly [L in Locale]: string } } = {
  holds: { nb: 'overholdt', en: 'upheld' },
  fails: { nb: 'ikke overholdt', en: 'not upheld' },
  unknown: { nb: 'ukjent', en: 'unknown' },
  excepted: { nb: 'unntak', en: 'exception' },
  'not-applicable': { nb: 'gjelder ikke', en: 'not applicable' },
}

/** Worst first, as lists and filters show them. */
export const statesWorstFirst: readonly State[] = ['fails', 'unknown', 'excepted', 'holds']

/** Class that colours text as a state. */
export const stateInk: { readonly [S in PolicyState]: string } = {
  holds: 'text-holds',
  fails: 'text-fails',
  unknown: 'text-unknown',
  excepted: 'text-excepted',
  'not-applicable': 'text-ink-3',
}

export function stateWord(state: PolicyState, locale: Locale): string {
  return stateWords[state][locale]
}

/** With a capital, where it begins a line. */
export function stateTitle(state: PolicyState, locale: Locale): string {
  const word = stateWord(state, locale)
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The shape alone: ● ▲ ◌ ◐ ⊘. Stands only beside its word. */
export function Shape({
  state,
  className = 'size-3',
}: {
  readonly state: PolicyState
  readonly className?: string
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`inline-block shrink-0 ${stateInk[state]} ${className}`}
    >
      {shapes[state]}
    </svg>
  )
}

const shapes = {
  holds: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  fails: <path d="M8 1.6 15.2 14.4H.8Z" fill="currentColor" />,
  unknown: (
    <circle
      cx="8"
      cy="8"
      r="6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeDasharray="2.2 2.512"
      strokeLinecap="butt"
    />
  ),
  excepted: (
    <g>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 2a6 6 0 0 0 0 12Z" fill="currentColor" />
    </g>
  ),
  'not-applicable': (
    <path
      d="M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2ZM3.9 12.1 12.1 3.9"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    />
  ),
} as const satisfies { readonly [S in PolicyState]: unknown }

/** A verdict's mark: shape and word, in its colour. */
export function Mark({ state, quiet = false }: { readonly state: PolicyState; readonly quiet?: boolean }) {
  const locale = useLocale()
  return (
    <span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium ${stateInk[state]}`}>
      <Shape state={state} className="size-[0.72em] self-center" />
      <span className={quiet ? 'sr-only' : ''}>{stateTitle(state, locale)}</span>
    </span>
  )
}
