import { Forbidden, Loading, mayOpen, places, type Screen, useHere, useReader, useReplace } from '@hevd/ui'
import { type ReactNode, Suspense, useEffect } from 'react'

/** Where one comes after signing in; an auditor goes on to the one period. */
const firstPages: ReadonlySet<string> = new Set([places.policy, places.asked])

/** A screen, unless its reader may not open it; the server refuses for itself, this only says so at once. */
export function Allowed({
  access,
  children,
}: {
  readonly access: Screen['access']
  readonly children: ReactNode
}) {
  const reader = useReader()
  const here = useHere()
  const period = reader?.period ?? null
  if (period !== null && firstPages.has(here)) return <Toward to={places.period(period)} />
  if (!mayOpen(reader, access)) return <Forbidden />
  return (
    <Suspense
      fallback={
        <div className="max-w-measure py-12">
          <Loading lines={4} />
        </div>
      }
    >
      {children}
    </Suspense>
  )
}

function Toward({ to }: { readonly to: string }) {
  const replace = useReplace()
  useEffect(() => replace(to), [replace, to])
  return null
}
