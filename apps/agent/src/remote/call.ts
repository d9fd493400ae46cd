import { Agent, request } from 'node:https'
import type { Bilingual } from '@hevd/core'
import { z } from 'zod'
import { serverName } from './authority.ts'
import type { Membership } from './membership.ts'
import { agentHeaders } from './protocol.ts'

/** Whom a connection trusts and by which certificate it is known; without one only joining works. */
export type Ties = Pick<Membership, 'server' | 'authority'> & Partial<Pick<Membership, 'key' | 'certificate'>>

export type Answered = {
  readonly status: number
  readonly body: unknown
  /** Version of the Hevd that answered; null when it does not tell. */
  readonly version: string | null
}

/** Posts JSON to a path of one server over a connection that is kept; throws where none comes about. */
export type Caller = {
  post(path: string, body: unknown): Promise<Answered>
  close(): void
}

const longestRequest = 30_000
const largestAnswer = 2 ** 20

/** TLS 1.3 with our certificate, to a server of the authority that this host joined; follows no redirect. */
export function caller(ties: Ties, run: string | null, signal: AbortSignal): Caller {
  const { key, certificate, authority: ca } = ties
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    // Less than the server keeps an idle connection, so that none is used that is about to close.
    timeout: longestRequest,
    ca,
    servername: serverName,
    minVersion: 'TLSv1.3',
    maxCachedSessions: 0,
    ...(key === undefined || certificate === undefined ? {} : { key, cert: certificate }),
  })
  return {
    post: (path, body) => {
      const text = JSON.stringify(body)
      return new Promise((done, fail) => {
        const asked = request(new URL(path, ties.server), {
          agent,
          method: 'POST',
          signal: AbortSignal.any([signal, AbortSignal.timeout(longestRequest)]),
          headers: {
            ...agentHeaders(run),
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          },
        })
        asked.once('error', fail)
        asked.once('response', (response) => {
          const chunks: Buffer[] = []
          let size = 0
          response.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > largestAnswer) response.destroy(new Error('an answer that is too large'))
            else chunks.push(chunk)
          })
          response.once('error', fail)
          response.once('aborted', () => fail(new Error('ECONNRESET')))
          response.once('end', () => {
            const version = response.headers['hevd-version']
            done({
              status: response.statusCode ?? 0,
              body: jsonOf(Buffer.concat(chunks).toString()),
              version: typeof version === 'string' ? version : null,
            })
          })
        })
        asked.end(text)
      })
    },
    close: () => agent.destroy(),
  }
}

const problem = z.object({ code: z.string(), words: z.object({ nb: z.string(), en: z.string() }) })

/** Why the server refused, in its own words; null when it does not say (RFC 9457, as @hevd/http answers). */
export function problemIn({ body }: Answered): { readonly code: string; readonly words: Bilingual } | null {
  return problem.safeParse(body).data ?? null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
