/**
 * Who may call a route. Every route says it; one that does not is refused at start (deny by default). A route for
 * auditors is also for readers and administrators. An auditor is let in where the route's parameter `period` names their
 * own, or where the route says that it tells nothing of any period (`ofNoPeriod`). Routes for key tokens and for applications find
 * out themselves who calls, by a token that stands for no principal.
 */
export type Access = 'public' | 'auditor' | 'reader' | 'administrator' | 'agent' | 'key-token' | 'application'

/** Who is calling, as the identity module found out. */
export type Principal =
  | { readonly kind: 'account'; readonly id: string; readonly role: 'reader' | 'administrator' }
  /** Somebody from outside, who sees one period and nothing else. */
  | { readonly kind: 'account'; readonly id: string; readonly role: 'auditor'; readonly period: string }
  | { readonly kind: 'agent'; readonly id: string; readonly host: string }

/** What a call is about, for those who may see a part. */
export type About = { readonly period: string | null; readonly ofNoPeriod: boolean }

const nothing: About = { period: null, ofNoPeriod: false }

/** Whether `principal` may call a route of `access`. An administrator may do what a reader may. */
export function allows(access: Access, principal: Principal | null, about = nothing): boolean {
  if (access === 'public') return true
  if (principal === null) return false
  if (access === 'key-token' || access === 'application') return false
  if (access === 'agent') return principal.kind === 'agent'
  if (principal.kind !== 'account') return false
  if (principal.role === 'auditor')
    return access === 'auditor' && (about.ofNoPeriod || about.period === principal.period)
  return access !== 'administrator' || principal.role === 'administrator'
}
