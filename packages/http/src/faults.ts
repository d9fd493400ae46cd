import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { App } from './app.ts'
import { type Answerable, isAnswerable, type Problem, RequestError } from './problem.ts'

/** Answers every fault as problem details in the reader's language; what is breakage is logged and not told. */
export function answerFaults(app: App): void {
  app.setErrorHandler((error, request, reply) => {
    const answer = answerTo(error)
    if (answer.status >= 500) request.log.error({ err: error, url: request.routeOptions.url }, answer.code)
    return send(reply, request, answer)
  })
  app.setNotFoundHandler({ preHandler: async () => undefined }, (request, reply) =>
    send(reply, request, new RequestError('not-found')),
  )
}

/** What a fault is answered with, whoever threw it; `broken` for what nobody expects. */
export function answerTo(error: unknown): Answerable {
  if (isAnswerable(error)) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map((fault) => `${fault.instancePath || '/'}: ${fault.message}`)
    return new RequestError('not-valid', faults.slice(0, 5).join('; '))
  }
  const code = codeOf(error)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new RequestError('too-large')
  if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_VALIDATION') return new RequestError('not-valid')
  if (outOfRoom.has(code) || isFullSqlite(error)) return new RequestError('disk-full')
  if (unreachable.has(code)) return new RequestError('unavailable')
  return new RequestError('broken')
}

/** Codes by which the driver says that PostgreSQL is gone, going or not there yet (SQLSTATE classes 57 and 08). */
const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
])

/** SQLSTATE `disk_full`, `read_only_sql_transaction` (the database refuses to write for want of room), and the kernel's. */
const outOfRoom: ReadonlySet<string> = new Set(['53100', '25006', 'ENOSPC', 'EDQUOT'])

/** SQLITE_FULL (13), of a file beside the database. */
function isFullSqlite(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === 13
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

function send(
  reply: FastifyReply,
  request: FastifyRequest,
  { status, code, words }: Answerable,
): FastifyReply {
  const problem: Problem = {
    type: `urn:hevd:problem:${code}`,
    status,
    code,
    detail: words[request.locale],
    words,
  }
  // A problem is no answer of the route's own, so the route's schemas do not apply to it.
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((body: Problem) => JSON.stringify(body))
    .send(problem)
}
