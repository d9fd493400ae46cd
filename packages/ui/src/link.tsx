import { useLocation, useParams, useRouter } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, type MouseEvent, useCallback, useMemo } from 'react'

export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { readonly to: string }

/** A way to another page of the console, by its address. Keeps what browsers do with a middle click or a modifier. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const go = useGo()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (event.defaultPrevented || !plain || rest.target !== undefined) return
    event.preventDefault()
    go(to)
  }
  return <a {...rest} href={to} onClick={follow} />
}

/** Goes to an address of the console. */
export function useGo(): (to: string) => void {
  const router = useRouter()
  return useCallback((to) => router.history.push(to), [router])
}

/** Goes to an address in place of the present one, which the way back then passes over. */
export function useReplace(): (to: string) => void {
  const router = useRouter()
  return useCallback((to) => router.history.replace(to), [router])
}

/** A part of the address, such as `id` of `/controls/$id`. */
export function useParam(name: string): string {
  const parameters: { readonly [name: string]: string | undefined } = useParams({ strict: false })
  return parameters[name] ?? ''
}

/** What stands behind `?` and a way to change some of it; null or empty takes it out. Replaces the page in history. */
export function useQueryText(): readonly [
  URLSearchParams,
  (changes: { readonly [name: string]: string | null }) => void,
] {
  const { pathname, searchStr } = useLocation()
  const router = useRouter()
  const parameters = useMemo(() => new URLSearchParams(searchStr), [searchStr])
  const change = useCallback(
    (changes: { readonly [name: string]: string | null }) => {
      const next = new URLSearchParams(router.state.location.searchStr)
      for (const [name, value] of Object.entries(changes))
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
      const text = next.toString()
      router.history.replace(text === '' ? pathname : `${pathname}?${text}`)
    },
    [router, pathname],
  )
  return [parameters, change]
}

export function useHere(): string {
  return useLocation().pathname
}
