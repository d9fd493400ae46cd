import { type App, type Principal, RequestError } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import * as contract from './contract.ts'
import { approve, reject, submit, withdraw } from './deciding.ts'
import type { Actor, Context } from './deps.ts'
import { tryDraft } from './trial.ts'
import { draftDetail, draftSummaries } from './view.ts'
import { changeDraft, makeDraft } from './writing.ts'

export function amendmentRoutes(app: App, context: Context): void {
  const byId = z.object({ id: z.uuid() })
  const reading = { access: 'reader' as const }
  const writing = { access: 'administrator' as const }
  const detail = { response: { 200: contract.draftDetail } }

  /** Does something to a draft and answers how it then stands. */
  async function changed(
    { organisation, principal }: { readonly organisation: string; readonly principal: Principal | null },
    run: (tx: Tx, by: Actor, administrators: readonly string[]) => Promise<string>,
  ): Promise<contract.DraftDetail> {
    const by = actor(principal)
    const administrators = await context.administrators(organisation)
    return context.db.transaction(organisation, async (tx) => {
      const id = await run(tx, by, administrators)
      return draftDetail(context, tx, organisation, id, by, administrators)
    })
  }

  app.get(
    '/api/policy/drafts',
    { config: reading, schema: { response: { 200: z.array(contract.draftSummary) } } },
    ({ organisation }) => draftSummaries(context, organisation),
  )

  app.get('/api/policy/drafts/:id', { config: reading, schema: { params: byId, ...detail } }, (request) =>
    changed(request, async () => request.params.id),
  )

  app.post(
    '/api/policy/drafts',
    { config: writing, schema: { body: contract.makingDraft, ...detail } },
    (request) =>
      changed(request, (tx, by) => makeDraft(context, tx, request.organisation, request.body, by.id)),
  )

  app.put(
    '/api/policy/drafts/:id/controls/:control',
    {
      config: writing,
      schema: { params: byId.extend({ control: z.string() }), body: contract.changingDraft, ...detail },
    },
    (request) =>
      changed(request, async (tx, by) => {
        await changeDraft(context, tx, request.organisation, { ...request.params, ...request.body }, by.id)
        return request.params.id
      }),
  )

  const deciding = { config: writing, schema: { params: byId, body: contract.decidingDraft, ...detail } }
  app.post('/api/policy/drafts/:id/submit', deciding, (request) =>
    changed(request, async (tx, by) => {
      await submit(context, tx, request.organisation, { ...request.params, ...request.body }, by.id)
      return request.params.id
    }),
  )

  app.post('/api/policy/drafts/:id/approve', deciding, (request) =>
    changed(request, async (tx, by, administrators) => {
      const decided = { ...request.params, ...request.body }
      await approve(context, tx, request.organisation, decided, by, administrators)
      return request.params.id
    }),
  )

  app.post('/api/policy/drafts/:id/withdraw', deciding, (request) =>
    changed(request, async (tx, by) => {
      await withdraw(context, tx, request.organisation, { ...request.params, ...request.body }, by.id)
      return request.params.id
    }),
  )

  app.post(
    '/api/policy/drafts/:id/trial',
    { config: writing, schema: { params: byId, response: { 200: contract.trial } } },
    ({ organisation, params }) => tryDraft(context, organisation, params.id),
  )

  app.post(
    '/api/policy/drafts/:id/reject',
    { config: writing, schema: { params: byId, body: contract.rejectingDraft, ...detail } },
    (request) =>
      changed(request, async (tx, by) => {
        await reject(context, tx, request.organisation, { ...request.params, ...request.body }, by.id)
        return request.params.id
      }),
  )
}

function actor(principal: Principal | null): Actor {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return { id: principal.id, administrator: principal.role === 'administrator' }
}
