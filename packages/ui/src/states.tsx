import type { ReactNode } from 'react'
import { Button, ButtonLink } from './button.tsx'
import { useRead, useWords } from './locale.tsx'
import { places } from './places.ts'
import type { Problem } from './problem.ts'
import { useReader } from './reader.tsx'
import type { Resource } from './resource.ts'
import { words } from './words.ts'

const text = words({
  loading: { nb: 'Henter …', en: 'Loading …' },
  again: { nb: 'Prøv igjen', en: 'Try again' },
  failed: { nb: 'Dette kunne ikke hentes', en: 'This could not be fetched' },
  forbidden: { nb: 'Dette er for administratorer', en: 'This is for administrators' },
  notYours: {
    nb: 'Dette hører ikke til perioden du reviderer',
    en: 'This is not part of the period you audit',
  },
  notYoursWhy: {
    nb: 'Du ser rapporten, listene, avvikene og stikkprøvene i perioden. Spør virksomheten om det andre.',
    en: 'You see the report, the lists, the deviations and the samples of the period. Ask the organisation for the rest.',
  },
  toPeriod: { nb: 'Til perioden', en: 'To the period' },
  ask: {
    nb: 'Du er logget inn som leser. Be en administrator gjøre det, eller gi deg rollen.',
    en: 'You are signed in as a reader. Ask an administrator to do it, or to give you the role.',
  },
})

/** While something is fetched: quiet lines where the text will stand. */
export function Loading({ lines = 3 }: { readonly lines?: number }) {
  const said = useWords(text)
  return (
    <div
      role="status"
      aria-label={said.loading}
      className="flex motion-safe:animate-pulse flex-col gap-3 py-4"
    >
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={`line-${String(index)}`}
          className="h-3 rounded-full bg-line"
          style={{ width: `${[92, 78, 86, 64][index % 4] ?? 80}%` }}
        />
      ))}
    </div>
  )
}

/** Nothing here, why, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className="flex max-w-measure flex-col items-start gap-2 py-8">
      <p className="font-medium text-lg">{title}</p>
      {children !== undefined && <div className="text-ink-2">{children}</div>}
      {action !== undefined && <div className="mt-4">{action}</div>}
    </div>
  )
}

/** What happened, what it means, what to do: in the server's words. */
export function ErrorState({ problem, onRetry }: { readonly problem: Problem; onRetry?: () => void }) {
  const said = useWords(text)
  const read = useRead()
  if (problem.status === 403) return <Forbidden />
  return (
    <div role="alert" className="flex max-w-measure flex-col items-start gap-2 py-8">
      <p className="font-medium text-lg">{said.failed}</p>
      <p className="text-ink-2">{read(problem.words)}</p>
      {onRetry !== undefined && (
        <Button className="mt-4" onClick={onRetry}>
          {said.again}
        </Button>
      )}
    </div>
  )
}

/** Somebody else may. */
export function Forbidden() {
  const said = useWords(text)
  const period = useReader()?.period ?? null
  if (period === null) return <EmptyState title={said.forbidden}>{said.ask}</EmptyState>
  return (
    <EmptyState
      title={said.notYours}
      action={<ButtonLink to={places.period(period)}>{said.toPeriod}</ButtonLink>}
    >
      {said.notYoursWhy}
    </EmptyState>
  )
}

/** What went wrong with an action, beside its button. */
export function Fault({ problem }: { readonly problem: Problem | null }) {
  const read = useRead()
  if (problem === null) return null
  return (
    <p role="alert" className="mt-4 border-fails border-l-2 pl-3 text-fails">
      {read(problem.words)}
    </p>
  )
}

/** A resource in each of its states; `children` shows it once it is there. */
export function Loaded<Value>({
  of,
  lines,
  children,
}: {
  readonly of: Resource<Value>
  readonly lines?: number
  children(value: Value): ReactNode
}) {
  if (of.data !== undefined) return children(of.data)
  if (of.error !== null) return <ErrorState problem={of.error} onRetry={() => void of.refetch()} />
  return <Loading {...(lines === undefined ? {} : { lines })} />
}
