import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { type Duration, plus } from '@hevd/core'
import type { z } from 'zod'
import { KeysError } from '../errors.ts'
import { notValid } from './secret.ts'

export type Question = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  /** Authorities in PEM that are trusted beside nothing else; the system's where left out. */
  readonly authorities?: string
}
export type Answer = { readonly status: number; readonly text: string }

/** Longest answer that is read, in bytes: those of key services are under two thousand. */
const longest = 64 * 1024

/**
 * Asks a key service, over TLS unless it is on this host. Redirects are not followed: they would take a token elsewhere.
 * Throws `seal-unreachable` with the host and why, never what was asked, and `seal-not-valid` for plain HTTP elsewhere.
 */
export async function ask(
  { method, url, headers, body, authorities }: Question,
  within: Duration,
): Promise<Answer> {
  const { protocol, host, hostname } = new URL(url)
  if (protocol !== 'https:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    throw notValid(`${host} må nås med https.`, `${host} must be reached by https.`)
  const request = protocol === 'https:' ? secure : plain
  const trust = authorities === undefined ? {} : { ca: authorities }
  const signal = AbortSignal.timeout(plus(0, within, 'UTC'))
  return new Promise<Answer>((resolve, reject) => {
    const fail = (error: Error) => reject(unreachable(host, signal.aborted ? 'ETIMEDOUT' : reasonOf(error)))
    const asked = request(
      url,
      { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal, ...trust },
      (answer) => {
        const chunks: Buffer[] = []
        let size = 0
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          size += chunk.length
          if (size > longest) asked.destroy(new Error('EMSGSIZE'))
        })
        answer.on('error', fail)
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        )
      },
    )
    asked.on('error', fail)
    asked.end(body)
  })
}

/**
 * What the service answered. Throws `seal-refused` with its own words where it did not do as asked, and `seal-unreachable`
 * where it could not.
 */
export function answered<Body>(what: string, shape: z.ZodType<Body>, { status, text }: Answer): Body {
  const body = parsed(text)
  const read = shape.safeParse(body)
  if (status === 200 && read.success) return read.data
  const said = saidBy(body).replace(/\s+/g, ' ').slice(0, 300)
  const full = [`${what}: HTTP ${status}`, said].filter(Boolean).join(', ')
  const code = status >= 500 || status === 429 ? 'seal-unreachable' : 'seal-refused'
  throw new KeysError(code, { nb: `(${full})`, en: `(${full})` })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The words of a refusal, in the forms of Vault, AWS, Google, Azure and OAuth (RFC 6749, 5.2). */
function saidBy(body: unknown): string {
  if (typeof body === 'string') return body
  if (Array.isArray(body)) return body.map(saidBy).filter(Boolean).join('; ')
  if (typeof body !== 'object' || body === null) return ''
  const fields = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]))
  const names = ['errors', 'error', '__type', 'status', 'code', 'message', 'error_description']
  return names
    .map((name) => saidBy(fields.get(name)))
    .filter(Boolean)
    .join(': ')
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

function unreachable(host: string, reason: string): KeysError {
  return new KeysError('seal-unreachable', { nb: `(${host}: ${reason})`, en: `(${host}: ${reason})` })
}
