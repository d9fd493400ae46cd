import { type App, type Principal, RequestError } from '@hevd/http'
import { z } from 'zod'
import * as contract from '../contract.ts'
import type { Act } from '../register.ts'
import { approveErasure, askErasure, previewErasure, withdrawErasure } from './ask.ts'
import { dueNow } from './due.ts'
import type { ErasureDeps } from './parts.ts'
import { type ErasureRow, erasures } from './store.ts'

/** Asking for persons to be erased, approving it, and following it; for administrators. @param wake lets the work begin */
export function erasureRoutes(app: App, deps: ErasureDeps, wake: () => void): void {
  const { db, config } = deps
  const administrator = { access: 'administrator' as const }
  const byBatch = z.object({ batch: z.uuid() })
  const nothing = z.null()

  app.get(
    '/api/people/:id/erasure',
    {
      config: administrator,
      schema: {
        params: z.object({ id: z.string().trim().min(1).max(100) }),
        response: { 200: contract.erasurePreview },
      },
    },
    ({ organisation, params }) =>
      db.transaction(organisation, (tx) => previewErasure(deps, tx, organisation, params.id)),
  )

  app.get(
    '/api/erasures',
    { config: administrator, schema: { response: { 200: contract.erasureList } } },
    ({ organisation }) =>
      db.transaction(organisation, async (tx) => ({
        retention: config.retention,
        due: (await dueNow(deps, tx, organisation)).map(({ key: _, ...person }) => person),
        erasures: (await erasures(tx, organisation)).map(viewOf),
      })),
  )

  app.post(
    '/api/erasures',
    {
      config: administrator,
      schema: { body: contract.askingErasure, response: { 200: z.object({ batch: z.string() }) } },
    },
    async (request) => {
      const batch = await askErasure(deps, actOf(request), request.body)
      wake()
      return { batch }
    },
  )

  app.post(
    '/api/erasures/:batch/approve',
    { config: administrator, schema: { params: byBatch, response: { 200: nothing } } },
    async (request) => {
      await approveErasure(deps, actOf(request), request.params.batch)
      wake()
      return null
    },
  )

  app.delete(
    '/api/erasures/:batch',
    { config: administrator, schema: { params: byBatch, response: { 200: nothing } } },
    async (request) => {
      await withdrawErasure(deps, actOf(request), request.params.batch)
      return null
    },
  )
}

function viewOf(row: ErasureRow): contract.ErasureView {
  const { id, batch, state, waits, because, names, entries, observed } = row
  return {
    id,
    batch,
    state,
    waits,
    because,
    name: names[0] ?? null,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    approvedBy: row.approved_by,
    entries,
    observed,
    finishedAt: row.finished_at,
  }
}

function actOf({
  principal,
  organisation,
}: {
  readonly principal: Principal | null
  readonly organisation: string
}): Act {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return { organisation, by: principal.id }
}
