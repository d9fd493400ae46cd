import { type ReactNode, useState } from 'react'

/** Asks for its content first when it is opened. */
export function Unfolding({ summary, children }: { readonly summary: string; readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false)
  return (
    <details className="mt-1" onToggle={({ currentTarget }) => setOpened((was) => was || currentTarget.open)}>
      <summary className="w-fit text-accent text-sm">{summary}</summary>
      {opened && <div className="mt-3 border-line border-l pl-4">{children}</div>}
    </details>
  )
}
