import { Link, useHere } from './link.tsx'

/**
 * Pages that belong together, the one that is open marked.
 * @param label what they are together, for screen readers
 */
export function PageTabs({
  label,
  tabs,
}: {
  readonly label: string
  readonly tabs: readonly { readonly to: string; readonly label: string }[]
}) {
  const here = useHere()
  return (
    <nav aria-label={label} className="mb-6 flex flex-wrap gap-x-4 border-line border-b sm:gap-x-6">
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          aria-current={here === tab.to ? 'page' : undefined}
          className="-mb-px border-transparent border-b-2 py-2 text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
