import { type ComponentType, createContext, lazy, type ReactNode, Suspense, useContext, useMemo } from 'react'
import { Loading } from './states.tsx'

type Shown = ComponentType<{ readonly control: string }>
/** What a module adds to the page of every control that another module shows: its leaf in the log, for one. */
export type ControlPart = { load(): Promise<{ readonly default: Shown }> }

const Parts = createContext<readonly Shown[]>([])

/** Given by the console, which knows all modules; the page of a control knows none but its own. */
export function ControlPartsProvider({
  parts,
  children,
}: {
  readonly parts: readonly ControlPart[]
  readonly children: ReactNode
}) {
  const shown = useMemo(() => parts.map(({ load }) => lazy(load)), [parts])
  return <Parts value={shown}>{children}</Parts>
}

/** What other modules add to this control's page. @param control its id */
export function ControlParts({ control }: { readonly control: string }) {
  return useContext(Parts).map((Part, index) => (
    <Suspense key={`part-${String(index)}`} fallback={<Loading />}>
      <Part control={control} />
    </Suspense>
  ))
}
