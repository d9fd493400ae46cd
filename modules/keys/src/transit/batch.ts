import type { FastifyReply } from 'fastify'
import type { Spending } from '../use/leases.ts'
import { envelope } from './envelope.ts'
import { TransitError } from './errors.ts'

/** What one item gave: the version that was used, and what is answered. */
export type Done = { readonly version: number; readonly data: { readonly [name: string]: unknown } }

export type Body<Item> = Item & {
  readonly batch_input?: readonly Item[] | null | undefined
  readonly partial_failure_response_code?: number | null | undefined
}

/** How many uses a body asks for. Throws 400 for a batch that is too long. */
export function usesOf(body: Body<object>, longest: number): number {
  const uses = body.batch_input?.length ?? 1
  if (uses > longest) throw new TransitError(400, `a batch has at most ${longest} items`)
  return uses
}

/**
 * Answers a body with one item, or each of a batch in order. A wrong item of a batch is told in its place and leaves the others
 * as they are; the status is then 400, as Vault has it, or what `partial_failure_response_code` asks for where some succeeded.
 */
export function answerBatch<Item extends { readonly reference?: string | null | undefined }>(
  reply: FastifyReply,
  operation: string,
  body: Body<Item>,
  spending: Spending,
  run: (item: Item) => Done,
): FastifyReply {
  try {
    if (body.batch_input === null || body.batch_input === undefined) {
      const { version, data } = run(body)
      spending.count(operation, version)
      return reply.send(envelope(data))
    }
    let failed = 0
    const results = body.batch_input.map((item) => {
      const reference =
        item.reference === null || item.reference === undefined ? {} : { reference: item.reference }
      try {
        const { version, data } = run(item)
        spending.count(operation, version)
        return { ...data, ...reference }
      } catch (error) {
        if (!(error instanceof TransitError) || error.status >= 500) throw error
        failed += 1
        return { error: error.message, ...reference }
      }
    })
    const partial = failed < results.length ? body.partial_failure_response_code : null
    if (failed > 0) reply.code(partial ?? 400)
    return reply.send(envelope({ batch_results: results }))
  } finally {
    spending.done()
  }
}
