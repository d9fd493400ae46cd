/** Who may call a route. Every route says it; one that does not is refused at start (deny by default). */
export type Access = 'public' | 'reader' | 'administrator' | 'agent'

/** Who is calling, as the identity module found out. */
export type Principal =
  | { readonly kind: 'account'; readonly id: string; readonly role: 'reader' | 'administrator' }
  | { readonly kind: 'agent'; readonly id: string; readonly host: string }

/** Whether `principal` may call a route of `access`. An administrator may do what a reader may. */
export function allows(access: Access, principal: Principal | null): boolean {
  if (access === 'public') return true
  if (principal === null) return false
  if (access === 'agent') return principal.kind === 'agent'
  if (principal.kind !== 'account') return false
  return access === 'reader' || principal.role === 'administrator'
}
