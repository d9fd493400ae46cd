import {
  call,
  Menu,
  MenuChoice,
  MenuItem,
  MenuLine,
  places,
  type Theme,
  useAction,
  useChooseLocale,
  useGo,
  useLocale,
  useReader,
  useTheme,
  useWords,
  words,
} from '@hevd/ui'
import { useQueryClient } from '@tanstack/react-query'
import { LocaleSwitch } from './locale-switch.tsx'

const text = words({
  label: { nb: 'Konto og utseende', en: 'Account and appearance' },
  theme: { nb: 'Lys eller mørk', en: 'Light or dark' },
  system: { nb: 'Som maskinen', en: 'As the machine' },
  light: { nb: 'Lys', en: 'Light' },
  dark: { nb: 'Mørk', en: 'Dark' },
  notices: { nb: 'Varsler', en: 'Notices' },
  signOut: { nb: 'Logg ut', en: 'Sign out' },
  administrator: { nb: 'Administrator', en: 'Administrator' },
  reader: { nb: 'Leser', en: 'Reader' },
  auditor: { nb: 'Revisor', en: 'Auditor' },
})

/** The reader's language and theme, who they are signed in as, and the way out. */
export function AccountMenu() {
  const said = useWords(text)
  const reader = useReader()
  const { theme, choose } = useTheme()
  const leave = useSignOut()
  const go = useGo()
  const locale = useLocale()
  const chooseLocale = useChooseLocale()
  const options: readonly { readonly value: Theme; readonly label: string }[] = [
    { value: 'system', label: said.system },
    { value: 'light', label: said.light },
    { value: 'dark', label: said.dark },
  ]
  return (
    <>
      <LocaleSwitch locale={locale} onChoose={chooseLocale} />
      <Menu
        label={said.label}
        trigger={
          <span className="grid size-7 place-items-center rounded-full bg-accent-wash font-medium text-accent text-sm">
            {initials(reader?.name ?? '')}
          </span>
        }
      >
        <div className="px-3 py-2">
          <p className="font-medium">{reader?.name}</p>
          <p className="text-ink-2 text-sm">
            {reader?.userName} · {said[reader?.role ?? 'reader']}
          </p>
        </div>
        <MenuLine />
        <MenuChoice label={said.theme} value={theme} options={options} onChoose={choose} />
        <MenuLine />
        {reader?.role !== 'auditor' && (
          <MenuItem onChoose={() => go(places.notices)}>{said.notices}</MenuItem>
        )}
        <MenuItem onChoose={leave}>{said.signOut}</MenuItem>
      </Menu>
    </>
  )
}

/** Ends the session and forgets everything that was fetched under it. */
export function useSignOut(): () => void {
  const go = useGo()
  const client = useQueryClient()
  const leaving = useAction({ call: () => call<null>('POST', '/api/sign-out'), refreshes: [] })
  return () => {
    void leaving.run(undefined).then(() => {
      client.clear()
      go(places.signIn)
    })
  }
}

function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean)
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined]
    .map((part) => part?.charAt(0).toUpperCase() ?? '')
    .join('')
}
