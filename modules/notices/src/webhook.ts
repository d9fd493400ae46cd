import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { milliseconds } from '@hevd/core'
import type { NoticesConfig } from './config.ts'
import { addressFault, isInternal, notInside } from './domain/receiver-address.ts'
import { type SignedHeaders, signedHeaders } from './domain/signature.ts'
import { connectionFault, type Outcome } from './outcome.ts'

export type Call = {
  readonly url: string
  readonly secret: string
  /** The same when it is sent again, so that a receiver knows it. */
  readonly id: string
  readonly body: string
  /** Milliseconds since 1970, of this attempt. */
  readonly at: number
}

const internalAddress = 'EINTERNAL'

/**
 * Calls a receiver. Never throws. What it answers but its status is not read; a redirect is not followed, since it could
 * lead where no receiver may be. Where its name leads is looked at as it is connected to.
 */
export async function callReceiver(
  { url, secret, id, body, at }: Call,
  { internalReceivers, answerWithin }: Pick<NoticesConfig, 'internalReceivers' | 'answerWithin'>,
): Promise<Outcome> {
  const fault = addressFault(url, internalReceivers)
  if (fault !== null) return { kind: 'down', why: fault }
  const { host } = new URL(url)
  const headers = signedHeaders(secret, id, Math.floor(at / 1000), body)
  try {
    const status = await post(url, headers, body, internalReceivers, milliseconds(answerWithin))
    return outcomeOf(status, host)
  } catch (error) {
    const code = codeOf(error)
    if (code === internalAddress) return { kind: 'down', why: notInside }
    return { kind: 'down', why: connectionFault(code, error instanceof Error ? error.message : '', host) }
  }
}

function outcomeOf(status: number, host: string): Outcome {
  if (status >= 200 && status < 300) return { kind: 'sent', answer: String(status) }
  if (status === 410)
    return {
      kind: 'gone',
      why: {
        nb: `${host} svarte 410: mottakeren vil ikke ha flere meldinger.`,
        en: `${host} answered 410: the receiver wants no more messages.`,
      },
    }
  const moved = status >= 300 && status < 400
  return {
    kind: 'down',
    why: {
      nb: `${host} svarte ${status}.${moved ? ' Omdirigering følges ikke; legg inn adressen det vises til.' : ''}`,
      en: `${host} answered ${status}.${moved ? ' Redirects are not followed; enter the address it points to.' : ''}`,
    },
  }
}

function post(
  url: string,
  headers: SignedHeaders,
  body: string,
  internalReceivers: boolean,
  within: number,
): Promise<number> {
  const call = url.startsWith('https:') ? httpsRequest : httpRequest
  const bytes = Buffer.from(body)
  return new Promise((done, fail) => {
    const request = call(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(within),
        lookup: internalReceivers ? lookup : outsideLookup,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': bytes.length,
          'user-agent': 'Hevd',
        },
      },
      (response: IncomingMessage) => {
        done(response.statusCode ?? 0)
        response.destroy()
      },
    )
    request.on('error', fail)
    request.end(bytes)
  })
}

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/** Looks a name up, and finds nothing where one of its addresses is internal. */
function outsideLookup(hostname: string, options: LookupOptions, found: Found): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const inside = addresses?.some(({ address }) => isInternal(address)) ?? false
    const [first] = addresses ?? []
    if (error !== null || first === undefined || inside)
      found(error ?? Object.assign(new Error('internal'), { code: internalAddress }), [])
    else if (options.all === true) found(null, addresses)
    else found(null, first.address, first.family)
  })
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('name' in error && (error.name === 'AbortError' || error.name === 'TimeoutError')) return 'ETIMEDOUT'
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
