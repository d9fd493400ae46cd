/** Where an account is, by the key an owner was declared for. */
export type Place =
  | { readonly kind: 'account'; readonly host: string }
  | { readonly kind: 'role'; readonly host: string; readonly server: string }

/**
 * `host/account`, or `host/port/role`, or `host/socket-directory/role`: names of accounts have no slash, ports none,
 * and a role of a server that is reached by its socket is what stands after the last.
 */
export function placeOf(key: string): Place {
  const first = key.indexOf('/')
  const host = key.slice(0, first)
  const second = key.indexOf('/', first + 1)
  if (second < 0) return { kind: 'account', host }
  const end = second === first + 1 ? key.lastIndexOf('/') : second
  return { kind: 'role', host, server: key.slice(0, end) }
}
