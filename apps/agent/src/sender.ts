import type { Log } from './log.ts'
import type { Answer, Report } from './report.ts'
import type { Post, Sent } from './sending/answers.ts'
import type { Doorbell } from './sending/doorbell.ts'
import { pause } from './sending/doorbell.ts'
import { growingPauses } from './sending/pause.ts'
import type { Spool } from './spool/spool.ts'

export type SenderDeps = {
  readonly spool: Spool
  readonly post: Post
  readonly log: Log
  /** Rung when something was put into the spool. */
  readonly bell: Doorbell
  readonly random: () => number
  /** Milliseconds on a clock that is never set. */
  readonly monotonic: () => number
  readonly signal: AbortSignal
}

const most = { reports: 100, bytes: 512 * 1024 }
const idle = 60_000
const refusedPause = 5 * 60_000

/**
 * Sends what waits in the spool, in order, until aborted. A report leaves the spool only when the server has said that
 * it took it, so that a lost answer means that it is sent twice, never that it is lost.
 */
export async function keepSending(deps: SenderDeps): Promise<void> {
  const { spool, post, log, bell, random, monotonic, signal } = deps
  const pauses = growingPauses(random)
  const refusedUntil = new Map<string, number>()
  let one = false
  let trouble = ''
  while (!signal.aborted) {
    const paused = new Set([...refusedUntil].flatMap(([name, until]) => (until > monotonic() ? [name] : [])))
    const reports = spool.next(one ? { ...most, reports: 1 } : most, paused)
    if (reports.length === 0) {
      await bell.wait(idle, signal)
      continue
    }
    const sent = await post(reports)
    if (signal.aborted) return
    if (sent.kind === 'answered') {
      if (trouble !== '') log('server-answers-again', { waiting: spool.waiting() })
      trouble = ''
      one = false
      pauses.reset()
      take(reports, sent.answers)
      continue
    }
    if (sent.kind === 'not-taken') {
      if (reports.length === 1) refuse(reports, { why: `HTTP ${sent.status}` })
      one = true
      continue
    }
    const now = troubleOf(sent)
    if (now !== trouble) log('server-does-not-take', { why: now, waiting: spool.waiting() })
    trouble = now
    await pause(pauses.next(), signal)
  }

  function take(reports: readonly Report[], answers: readonly Answer[]): void {
    const anew = new Set<string>()
    for (const [at, report] of reports.entries()) {
      const answer = answers[at]
      if (answer === undefined || anew.has(report.collector)) continue
      if (answer.state === 'taken') {
        spool.taken(report.collector, report.sequence)
        continue
      }
      anew.add(report.collector)
      if (answer.state === 'refused') refuse([report], answer)
      else {
        log('server-wants-full', { collector: report.collector, why: answer.why })
        spool.sayAnew(report.collector)
        if (report.kind === 'full') refusedUntil.set(report.collector, monotonic() + refusedPause)
      }
    }
  }

  /** What the server will not take is not sent again at once: all of the collector is said anew after a pause. */
  function refuse(reports: readonly Report[], { why }: { readonly why: string }): void {
    for (const { collector } of reports) {
      log('report-refused', { collector, why })
      spool.sayAnew(collector)
      refusedUntil.set(collector, monotonic() + refusedPause)
    }
  }
}

function troubleOf(sent: Exclude<Sent, { kind: 'answered' | 'not-taken' }>): string {
  if (sent.kind === 'not-enrolled') return 'no-token'
  if (sent.kind === 'unauthorised') return 'token-refused'
  return sent.kind === 'refused' ? sent.code : sent.why
}
