/** What is to be scanned: a server by its URL, or a folder of logs. */
export type Target =
  | { readonly kind: 'postgres' | 'mysql'; readonly url: string }
  | { readonly kind: 'logs'; readonly path: string }

/** The target of a text: `postgresql://…`, `mysql://…`, `mariadb://…` or an absolute path; null where it is none. */
export function targetOf(text: string): Target | null {
  if (text.startsWith('/')) return { kind: 'logs', path: text }
  if (!URL.canParse(text)) return null
  const { protocol } = new URL(text)
  if (/^postgres(?:ql)?:$/.test(protocol)) return { kind: 'postgres', url: text }
  return /^(?:mysql|mariadb):$/.test(protocol) ? { kind: 'mysql', url: text } : null
}
