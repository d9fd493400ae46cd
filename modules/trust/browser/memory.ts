import type { Head } from '@hevd/trust/verify'

/** What was seen of this log at the last check in this browser; kept per origin of the page. */
const name = 'hevd-log-head'

export function rememberedHead(): Head | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    return isHead(kept) ? kept : null
  } catch {
    return null
  }
}

/** A browser that keeps nothing makes every check the first one. */
export function rememberHead(head: Head): void {
  try {
    localStorage.setItem(name, JSON.stringify(head))
  } catch {
    return
  }
}

function isHead(value: unknown): value is Head {
  return (
    typeof value === 'object' &&
    value !== null &&
    'origin' in value &&
    typeof value.origin === 'string' &&
    'verifierKey' in value &&
    typeof value.verifierKey === 'string' &&
    'size' in value &&
    typeof value.size === 'number' &&
    'root' in value &&
    typeof value.root === 'string'
  )
}
