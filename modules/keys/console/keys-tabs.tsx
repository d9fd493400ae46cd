import { Link, places, useHere, useWords, words } from '@hevd/ui'

const text = words({
  label: { nb: 'Hvelvet', en: 'The vault' },
  keys: { nb: 'Nøkler', en: 'Keys' },
  grants: { nb: 'Tildelinger', en: 'Grants' },
  tokens: { nb: 'Tokener', en: 'Tokens' },
  root: { nb: 'Rotnøkkelen', en: 'Root key' },
  stores: { nb: 'Andre steder', en: 'Elsewhere' },
})

/** The pages that belong together. */
export function KeysTabs() {
  const said = useWords(text)
  const here = useHere()
  const tabs = [
    { to: places.keys, label: said.keys },
    { to: places.keyGrants, label: said.grants },
    { to: places.keyTokens, label: said.tokens },
    { to: places.rootKey, label: said.root },
    { to: places.keyStores, label: said.stores },
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
