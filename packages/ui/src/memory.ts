/** What this browser remembers of how its reader likes to read; a browser that keeps nothing is fine. */
export function recall(name: 'locale' | 'theme'): string | null {
  try {
    return localStorage.getItem(`hevd-${name}`)
  } catch {
    return null
  }
}

export function remember(name: 'locale' | 'theme', value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`hevd-${name}`)
    else localStorage.setItem(`hevd-${name}`, value)
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
