import { answerTo, type Request } from '@hevd/http'
import type { FastifyReply } from 'fastify'
import { KeysError } from '../errors.ts'

/** A fault as Vault's clients understand it: a status and messages in English, never a secret. */
export class TransitError extends Error {
  readonly status: number
  readonly messages: readonly string[]

  constructor(status: number, ...messages: readonly string[]) {
    super(messages.join('; '))
    this.name = 'TransitError'
    this.status = status
    this.messages = messages
  }
}

export const denied = () => new TransitError(403, 'permission denied')

/** Codes whose status differs here from that of our own API. */
const statuses: { readonly [code: string]: number } = {
  'not-initialised': 503,
  'key-deleted': 400,
  'key-exists': 400,
}

/** Answers any fault of a route under `/v1` with `{"errors": [...]}`; what is breakage is logged and not told. */
export function answerFault(error: unknown, request: Request, reply: FastifyReply): FastifyReply {
  if (error instanceof TransitError) return reply.code(error.status).send({ errors: error.messages })
  const { status, code, words } = answerTo(error)
  if (status >= 500 && !(error instanceof KeysError))
    request.log.error({ err: error, url: request.routeOptions.url }, code)
  return reply.code(statuses[code] ?? status).send({ errors: [words.en] })
}
