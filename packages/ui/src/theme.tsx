import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react'
import { recall, remember } from './memory.ts'

/** `system` follows the reader's machine. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const Choice = createContext<{ readonly theme: Theme; choose(theme: Theme): void }>({
  theme: 'system',
  choose: () => undefined,
})

/** Sets `data-theme` on the document, which tokens.css reads. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = recall('theme')
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  })
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  const value = useMemo(
    () => ({
      theme,
      choose(next: Theme) {
        remember('theme', next === 'system' ? null : next)
        setTheme(next)
      },
    }),
    [theme],
  )
  return <Choice value={value}>{children}</Choice>
}

export function useTheme() {
  return useContext(Choice)
}
