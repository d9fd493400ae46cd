import { useChooseLocale, useLocale } from '@hevd/ui'
import { Outlet } from '@tanstack/react-router'
import { LocaleSwitch } from './locale-switch.tsx'
import { Wordmark } from './wordmark.tsx'

/** Around the pages before signing in: the name, the language, and one thing to do. */
export function Outside() {
  const locale = useLocale()
  const choose = useChooseLocale()
  return (
    <div className="flex min-h-screen flex-col">
      <header className="flex items-center justify-between px-4 py-4 md:px-8">
        <Wordmark />
        <LocaleSwitch locale={locale} onChoose={choose} />
      </header>
      <main className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 pt-4 pb-24">
        <Outlet />
      </main>
    </div>
  )
}
