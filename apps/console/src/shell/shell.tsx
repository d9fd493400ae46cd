import type { Me } from '@hevd/identity/contract'
import { ErrorState, Loading, ReaderProvider, useResource } from '@hevd/ui'
import { Outlet } from '@tanstack/react-router'
import { Halted } from './halted.tsx'
import { Header } from './header.tsx'
import { usePolicy } from './policy.ts'
import { SkipLink } from './skip-link.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Around every page for those who are signed in: the header with the strip, then the page. */
export function Shell() {
  const me = useResource<Me>('/api/me')
  const policy = usePolicy(me.data !== undefined && me.data.account.role !== 'auditor')
  if (me.error?.status === 401) return <ToSignIn />
  if (me.data === undefined)
    return (
      <main className="mx-auto max-w-page px-4 py-12 md:px-8">
        {me.error === null ? (
          <Loading />
        ) : (
          <ErrorState problem={me.error} onRetry={() => void me.refetch()} />
        )}
      </main>
    )
  const { account, organisation } = me.data
  const { id, name, userName, role, auditing } = account
  const period = auditing?.period ?? null
  return (
    <ReaderProvider reader={{ id, name, userName, role, period, organisation: organisation.name }}>
      <SkipLink />
      <Header policy={policy.data ?? null} />
      {policy.data?.halted && <Halted why={policy.data.halted} />}
      <main id="main" tabIndex={-1} className="mx-auto max-w-page px-4 outline-none md:px-8">
        <Outlet />
      </main>
      <div className="h-24" />
    </ReaderProvider>
  )
}
