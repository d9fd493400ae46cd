import { Link, places, useHere, useWords, words } from '@hevd/ui'

const text = words({
  label: { nb: 'Registre', en: 'Registers' },
  people: { nb: 'Personer', en: 'People' },
  services: { nb: 'Tjenester', en: 'Services' },
  owners: { nb: 'Kontoer', en: 'Accounts' },
})

/** The three registers that belong together. */
export function RegisterTabs() {
  const said = useWords(text)
  const here = useHere()
  const tabs = [
    { to: places.people, label: said.people },
    { to: places.services, label: said.services },
    { to: places.accountOwners, label: said.owners },
  ]
  return (
    <nav aria-label={said.label} className="mb-6 flex gap-6 border-line border-b">
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
