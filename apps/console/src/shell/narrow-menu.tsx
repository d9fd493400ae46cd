import { Menu, MenuItem, places, useGo, useRead, useWords, words } from '@hevd/ui'
import { AskedCount } from '../asked/asked-count.tsx'
import { useMenu } from './navigation.tsx'

const text = words({ label: { nb: 'Flere sider', en: 'More pages' } })

/** All pages, where there is no room to lay them out; on wide screens the ones that are rarer. */
export function NarrowMenu() {
  const said = useWords(text)
  const read = useRead()
  const go = useGo()
  return (
    <Menu
      label={said.label}
      trigger={
        <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
          <path d="M1 4h14M1 8h14M1 12h14" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      }
    >
      {useMenu().map(({ path, title }) => (
        <MenuItem key={path} onChoose={() => go(path)}>
          {read(title)}
          {path === places.asked && <AskedCount />}
        </MenuItem>
      ))}
    </Menu>
  )
}
