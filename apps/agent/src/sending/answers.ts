import type { Bilingual } from '@hevd/core'
import { z } from 'zod'
import type { Answer, Report } from '../report.ts'

const answers = z.object({
  answers: z.array(
    z.object({
      collector: z.string(),
      state: z.enum(['taken', 'wants-full', 'refused']),
      why: z.string(),
    }),
  ),
})

/** What came of one request. Only `answered` says anything of the reports; all else is tried again. */
export type Sent =
  /** The host has no token or certificate yet. */
  | { readonly kind: 'not-enrolled' }
  /** The server will not hear this agent, and says why: revoked, or of another release. */
  | { readonly kind: 'refused'; readonly code: string; readonly words: Bilingual }
  | { readonly kind: 'answered'; readonly answers: readonly Answer[] }
  /** The token is not known: a new one may come any moment. */
  | { readonly kind: 'unauthorised' }
  /** Larger than the server takes, or in a form it does not know. */
  | { readonly kind: 'not-taken'; readonly status: number }
  | { readonly kind: 'unavailable'; readonly why: string }

const longestRequest = 30_000

export type Post = (reports: readonly Report[]) => Promise<Sent>

/**
 * Speaks `POST /api/agent/reports` of one server. Follows no redirect, so that the token goes nowhere else.
 *
 * @param tokenNow the token, read anew for every request; null while the host is not enrolled
 */
export function poster(
  server: string,
  version: string,
  tokenNow: () => Promise<string | null>,
  signal: AbortSignal,
): Post {
  const url = new URL('/api/agent/reports', server)
  return async (reports) => {
    const token = await tokenNow()
    if (token === null) return { kind: 'not-enrolled' }
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ version, reports }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(longestRequest)]),
      })
      return sentBy(response.status, jsonOf(await response.text()), reports)
    } catch (error) {
      return { kind: 'unavailable', why: whyOf(error) }
    }
  }
}

/** What an answer to reports means. */
export function sentBy(status: number, body: unknown, reports: readonly Report[]): Sent {
  if (status === 401 || status === 403) return { kind: 'unauthorised' }
  if (status === 429 || status >= 500) return { kind: 'unavailable', why: `HTTP ${status}` }
  if (status !== 200) return { kind: 'not-taken', status }
  const parsed = answers.safeParse(body)
  const fits =
    parsed.success &&
    parsed.data.answers.length === reports.length &&
    parsed.data.answers.every(({ collector }, at) => collector === reports[at]?.collector)
  return fits
    ? { kind: 'answered', answers: parsed.data.answers }
    : { kind: 'unavailable', why: 'an answer that is not of the contract' }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `fetch` tells the reason in its cause: `ECONNREFUSED`, `ENOTFOUND`, a certificate's fault. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return error.name === 'TypeError' ? error.message : error.name
}
