import type { PolicyView } from '@hevd/posture/contract'
import { Link, places, Strip, useFavicon, useLocale, useReader, useWords, words } from '@hevd/ui'
import { lazy, Suspense, useEffect, useState } from 'react'
import { AccountMenu } from './account-menu.tsx'
import { NarrowMenu } from './narrow-menu.tsx'
import { Navigation } from './navigation.tsx'
import { stripOf, wholeOf } from './policy.ts'
import { Wordmark } from './wordmark.tsx'

const Palette = lazy(() => import('./console-palette.tsx'))

const text = words({
  home: { nb: 'Policyen', en: 'The policy' },
  search: { nb: 'Søk', en: 'Search' },
})

/** The name, the pages, search, the reader's choices; and below them the strip, on every page. */
export function Header({ policy }: { readonly policy: PolicyView | null }) {
  const said = useWords(text)
  const locale = useLocale()
  const reader = useReader()
  const [palette, setPalette] = useState(false)
  useFavicon(policy === null ? null : wholeOf(policy))
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setPalette(true)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <header className="border-line border-b">
      <div className="mx-auto max-w-page px-4 md:px-8">
        <div className="flex min-h-14 items-center gap-4 lg:gap-8">
          <Link to={places.policy} className="flex shrink-0 items-baseline gap-3">
            <Wordmark />
            <span className="max-w-40 truncate text-ink-2 max-sm:hidden">{reader?.organisation}</span>
            <span className="sr-only">{said.home}</span>
          </Link>
          <Navigation />
          <div className="ml-auto flex items-center gap-1">
            <button
              type="button"
              onClick={() => setPalette(true)}
              className="inline-flex min-h-8 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-paper-2 hover:text-ink"
            >
              <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
                <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
                <path d="m10.5 10.5 4 4" stroke="currentColor" strokeWidth="1.4" />
              </svg>
              <span className="max-sm:sr-only">{said.search}</span>
              <kbd className="rounded border border-line-2 px-1.5 font-sans text-ink-3 text-sm leading-5 max-xl:hidden">
                Ctrl K
              </kbd>
            </button>
            <AccountMenu />
            <NarrowMenu />
          </div>
        </div>
        <div className="min-h-13 pt-1 pb-2">
          {policy !== null && <Strip sections={stripOf(policy, locale)} />}
        </div>
      </div>
      {palette && (
        <Suspense>
          <Palette policy={policy} onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </header>
  )
}
