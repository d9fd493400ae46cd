import { createContext, type ReactNode, useContext } from 'react'

/** Who reads, and whose policy it is. */
export type Reader = {
  readonly id: string
  readonly name: string
  readonly userName: string
  readonly role: 'administrator' | 'reader'
  readonly organisation: string
}

const Current = createContext<Reader | null>(null)

export function ReaderProvider({
  reader,
  children,
}: {
  readonly reader: Reader
  readonly children: ReactNode
}) {
  return <Current value={reader}>{children}</Current>
}

/** Null on the pages before signing in. */
export function useReader(): Reader | null {
  return useContext(Current)
}

/** Whether actions that change the policy and its registers are shown; the server decides for itself. */
export function useMayChange(): boolean {
  return useContext(Current)?.role === 'administrator'
}
