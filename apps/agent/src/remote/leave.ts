import type { Bilingual } from '@hevd/core'
import { reasonOf } from './authority.ts'
import { caller, problemIn } from './call.ts'
import { forgetMembership, type Membership } from './membership.ts'

/** Whether the server knows that this host left; why not otherwise, and then an administrator must revoke it. */
export type Left = { readonly told: true } | { readonly told: false; readonly why: Bilingual }

/** Leaves: the server revokes the certificate, and the key is removed here whatever the server says. */
export async function leaveServer(
  folder: string,
  membership: Membership,
  signal: AbortSignal,
): Promise<Left> {
  const call = caller(membership, null, signal)
  try {
    const answer = await call.post('/api/agent/leave', {})
    const http = `HTTP ${answer.status}`
    const why = problemIn(answer)?.words ?? { nb: http, en: http }
    return answer.status === 200 ? { told: true } : { told: false, why }
  } catch (error) {
    const why = reasonOf(error)
    return { told: false, why: { nb: why, en: why } }
  } finally {
    call.close()
    forgetMembership(folder)
  }
}
