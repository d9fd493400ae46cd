import type { Screen } from '@hevd/ui'
import { Link, mayOpen, places, useHere, useRead, useReader, useWords, words } from '@hevd/ui'
import { AskedCount } from '../asked/asked-count.tsx'
import { screens } from '../screens.ts'

const text = words({ label: { nb: 'Sider', en: 'Pages' } })
const audited = { nb: 'Perioden', en: 'The period' }

/** One line of the menu. */
export type Entry = Pick<Screen, 'path' | 'title' | 'menu'>

/** The pages of the menu that this reader may open, in order; of an auditor, the one period. */
export function useMenu(): readonly Entry[] {
  const reader = useReader()
  if (reader?.role === 'auditor' && reader.period !== null)
    return [{ path: places.period(reader.period), title: audited, menu: 1 }]
  return screens
    .filter(({ menu, access }) => menu !== null && mayOpen(reader, access))
    .sort((a, b) => (a.menu ?? 0) - (b.menu ?? 0))
}

/** The pages one goes to most, on wide screens; the rest stand in the menu beside it. */
export function Navigation() {
  const said = useWords(text)
  const read = useRead()
  const here = useHere()
  const shown = useMenu().filter(({ menu }) => (menu ?? 0) < 100)
  return (
    <nav aria-label={said.label} className="flex gap-1 self-stretch max-xl:hidden">
      {shown.map(({ path, title }) => {
        const current = path === '/' ? here === '/' || here.startsWith('/controls') : here.startsWith(path)
        return (
          <Link
            key={path}
            to={path}
            aria-current={current ? 'page' : undefined}
            className="inline-flex items-center whitespace-nowrap border-transparent border-b-2 px-2.5 pt-0.5 text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {read(title)}
            {path === places.asked && <AskedCount />}
          </Link>
        )
      })}
    </nav>
  )
}
