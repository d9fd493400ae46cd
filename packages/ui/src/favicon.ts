import type { PolicyState } from '@hevd/core'
import { useEffect } from 'react'

const drawn: { readonly [S in PolicyState]: string } = {
  holds: '<circle cx="16" cy="16" r="12" fill="#1d7148"/>',
  fails: '<path d="M16 3 30 29H2Z" fill="#d5382b"/>',
  unknown:
    '<circle cx="16" cy="16" r="11" fill="none" stroke="#7c8088" stroke-width="5" stroke-dasharray="5.2 6.3"/>',
  excepted:
    '<circle cx="16" cy="16" r="11.5" fill="none" stroke="#b87a0a" stroke-width="3"/><path d="M16 4a12 12 0 0 0 0 24Z" fill="#b87a0a"/>',
  'not-applicable':
    '<path d="M16 5a11 11 0 1 1 0 22 11 11 0 1 1 0-22ZM8 24 24 8" fill="none" stroke="#7c8088" stroke-width="3"/>',
}

/** The whole policy's state as the page's icon, so that a tab in the background says it too. */
export function useFavicon(state: PolicyState | null): void {
  useEffect(() => {
    if (state === null) return
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${drawn[state]}</svg>`
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]') ?? document.createElement('link')
    icon.rel = 'icon'
    icon.type = 'image/svg+xml'
    icon.href = `data:image/svg+xml,${encodeURIComponent(svg)}`
    document.head.append(icon)
  }, [state])
}
