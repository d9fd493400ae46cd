import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'

const lasts = 6_000
const Tell = createContext<(text: string) => void>(() => undefined)

/** Says what has just been done, for a moment, in the corner; screen readers are told politely. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [told, setTold] = useState<readonly { readonly id: number; readonly text: string }[]>([])
  const next = useRef(0)
  const tell = useCallback((text: string) => {
    const id = next.current++
    setTold((all) => [...all.slice(-2), { id, text }])
    setTimeout(() => setTold((all) => all.filter((one) => one.id !== id)), lasts)
  }, [])
  return (
    <Tell value={tell}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2 md:inset-x-auto md:right-8 md:bottom-8 md:items-end"
      >
        {told.map(({ id, text }) => (
          <p key={id} className="max-w-sm rounded-md bg-ink px-4 py-3 text-paper shadow-float">
            {text}
          </p>
        ))}
      </div>
    </Tell>
  )
}

/** Tells something in passing. What must not be missed stands on the page instead. */
export function useToast(): (text: string) => void {
  return useContext(Tell)
}
