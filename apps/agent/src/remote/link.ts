import type { Instant } from '@hevd/core'
import type { Log } from '../log.ts'
import { type Post, type Sent, sentBy } from '../sending/answers.ts'
import { agentVersion } from '../version.ts'
import { reasonOf } from './authority.ts'
import { type Answered, type Caller, caller, problemIn } from './call.ts'
import { fingerprintOf, type Membership, timesOf } from './membership.ts'
import { renewMembership } from './renew.ts'

export type LinkDeps = {
  readonly folder: string
  /** The membership as it is on disk now; null after leaving. */
  readonly membership: () => Membership | null
  /** UUID of this process. */
  readonly run: string
  readonly now: () => Instant
  /** In [0, 1), once: hosts that joined together do not renew together. */
  readonly spread: number
  readonly log: Log
  /** Told the version of the Hevd that answered. */
  readonly heard: (version: string) => void
  readonly signal: AbortSignal
}

/** Codes by which the server says that it does not hear this agent at all, whatever the reports are. */
const refusals: ReadonlySet<string> = new Set([
  'certificate-revoked',
  'certificate-superseded',
  'certificate-expired',
  'agent-too-old',
  'agent-too-new',
])
/** Of these, which another certificate alone can mend: nothing more is sent with this one. */
const final: ReadonlySet<string> = new Set(['certificate-revoked', 'certificate-superseded'])
const betweenRenewals = 60_000

/**
 * Posts reports with the certificate of this host, and renews that on the way when its time has come. The membership is
 * read for every request, so that who joins anew goes on without a restart.
 */
export function remotePost(deps: LinkDeps): { readonly post: Post; close(): void } {
  const { folder, run, now, spread, log, heard, signal } = deps
  let open: { readonly fingerprint: string; readonly calls: Caller } | null = null
  let refused: { readonly fingerprint: string; readonly sent: Sent } | null = null
  let expired = ''
  let renewAgainAt = -Infinity

  const callsOf = (member: Membership, fingerprint: string): Caller => {
    if (open?.fingerprint !== fingerprint) {
      open?.calls.close()
      open = { fingerprint, calls: caller(member, run, signal) }
    }
    return open.calls
  }

  const renewed = async (member: Membership): Promise<Membership> => {
    const { ends, renews } = timesOf(member)
    const due = renews - (spread * (ends - member.receivedAt)) / 10
    if ((now() < due && expired !== fingerprintOf(member)) || now() < renewAgainAt) return member
    const renewal = await renewMembership(folder, member, run, signal)
    if (renewal.kind === 'renewed') {
      log('certificate-renewed', { until: timesOf(renewal.membership).ends })
      return renewal.membership
    }
    log('certificate-not-renewed', { why: renewal.why, ends })
    renewAgainAt = now() + betweenRenewals * (1 + spread)
    return deps.membership() ?? member
  }

  const read = (answer: Answered, fingerprint: string): Sent | null => {
    if (answer.version !== null) heard(answer.version)
    const problem = problemIn(answer)
    if (problem === null || !refusals.has(problem.code)) return null
    const sent: Sent = { kind: 'refused', ...problem }
    if (final.has(problem.code)) refused = { fingerprint, sent }
    if (problem.code === 'certificate-expired') expired = fingerprint
    return sent
  }

  return {
    async post(reports) {
      const before = deps.membership()
      if (before === null) return { kind: 'not-enrolled' }
      if (refused?.fingerprint === fingerprintOf(before)) return refused.sent
      const member = await renewed(before)
      const fingerprint = fingerprintOf(member)
      try {
        const answer = await callsOf(member, fingerprint).post('/api/agent/reports', {
          version: agentVersion,
          reports,
        })
        return read(answer, fingerprint) ?? sentBy(answer.status, answer.body, reports)
      } catch (error) {
        return { kind: 'unavailable', why: reasonOf(error) }
      }
    },
    close: () => open?.calls.close(),
  }
}
