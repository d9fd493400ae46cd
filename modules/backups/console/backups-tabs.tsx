import { Link, places, useHere, useWords, words } from '@hevd/ui'

const text = words({
  label: { nb: 'Sikkerhetskopier', en: 'Backups' },
  sources: { nb: 'Kilder', en: 'Sources' },
  readers: { nb: 'Hvem kan lese', en: 'Who can read' },
})

/** The pages that belong together. */
export function BackupsTabs() {
  const said = useWords(text)
  const here = useHere()
  const tabs = [
    { to: places.backups, label: said.sources },
    { to: places.backupReaders, label: said.readers },
  ]
  return (
    <nav aria-label={said.label} className="mb-6 flex flex-wrap gap-x-4 border-line border-b sm:gap-x-6">
      {tabs.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          aria-current={here === to ? 'page' : undefined}
          className="-mb-px border-transparent border-b-2 py-2 text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
