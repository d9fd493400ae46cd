import { Forbidden, Loading, type Screen, useReader } from '@hevd/ui'
import { type ReactNode, Suspense } from 'react'

/** A screen, unless its reader may not open it; the server refuses for itself, this only says so at once. */
export function Allowed({
  access,
  children,
}: {
  readonly access: Screen['access']
  readonly children: ReactNode
}) {
  const reader = useReader()
  if (access === 'administrator' && reader?.role !== 'administrator') return <Forbidden />
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
