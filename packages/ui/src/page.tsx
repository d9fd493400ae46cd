import { type ReactNode, useEffect } from 'react'

/** A page: its title, one line of what it is for, what can be done, and its parts. */
export function Page({
  title,
  lead,
  actions,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  useTitle(title)
  return (
    <article className="py-8 md:py-12">
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="max-w-measure">
          <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
          {lead !== undefined && <div className="mt-2 text-ink-2">{lead}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-3">{actions}</div>}
      </header>
      <div className="mt-8">{children}</div>
    </article>
  )
}

/** A part of a page: its heading stands in the left margin where there is room. */
export function Section({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="grid grid-cols-1 gap-x-12 gap-y-4 border-line border-t py-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {note !== undefined && <div className="mt-1 text-ink-2 text-sm">{note}</div>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  )
}

/** Names and what they are, one under another. */
export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-1 sm:grid-cols-[minmax(9rem,auto)_minmax(0,1fr)] sm:gap-y-2">
      {of.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="mt-2 text-ink-2 sm:mt-0">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A digest, key or other text that machines read; breaks anywhere. */
export function Code({ children }: { readonly children: ReactNode }) {
  return <code className="break-all font-mono text-[0.86em] text-ink-2">{children}</code>
}

/** The document's title, as tabs and screen readers say it. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Hevd`
  }, [title])
}
