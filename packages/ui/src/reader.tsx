import { createContext, type ReactNode, useContext } from 'react'
import type { Screen } from './screen.ts'

/** Who reads, and whose policy it is. */
export type Reader = {
  readonly id: string
  readonly name: string
  readonly userName: string
  readonly role: 'administrator' | 'reader' | 'auditor'
  /** The one period that an auditor sees; null for the others. */
  readonly period: string | null
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

/** Whether somebody reads who may open what is of this access. */
export function mayOpen(reader: Reader | null, access: Screen['access']): boolean {
  if (access === 'public') return true
  if (reader?.role === 'auditor') return access === 'auditor'
  return access !== 'administrator' || reader?.role === 'administrator'
}

/** Whether actions that change the policy and its registers are shown; the server decides for itself. */
export function useMayChange(): boolean {
  return useContext(Current)?.role === 'administrator'
}
