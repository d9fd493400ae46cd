import { type App, type Principal, RequestError } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import { acceptClock } from './accept-clock.ts'
import * as contract from './contract.ts'
import type { Engine } from './engine.ts'
import { type Actor, approve, askForException, exceptionViews, withdraw } from './exceptions.ts'
import type { Names } from './period/names.ts'
import { periodRoutes } from './period/routes.ts'
import { evidenceOf } from './read/evidence.ts'
import { findingPage, subjectView } from './read/findings.ts'
import { controlDetail, policyView } from './read/policy.ts'
import { replay } from './read/replay.ts'
import { tryException } from './trial/try-exception.ts'

/** Ids of the accounts that may approve now. */
export type Administrators = (organisation: string) => Promise<readonly string[]>

export function postureRoutes(app: App, engine: Engine, administrators: Administrators, names: Names): void {
  const nothing = z.null()
  const byId = z.object({ id: z.uuid() })
  const config = { access: 'reader' as const }

  /** Reads see one moment of the database, so that counts and lists agree. */
  function read<T>(organisation: string, run: (tx: Tx) => Promise<T>): Promise<T> {
    return engine.db.transaction(organisation, run, { readOnly: true, isolation: 'repeatable read' })
  }

  periodRoutes(app, { engine, administrators, names, read, actor })

  app.get('/api/policy', { config, schema: { response: { 200: contract.policyView } } }, ({ organisation }) =>
    read(organisation, (tx) => policyView(engine, tx, organisation)),
  )

  app.get(
    '/api/controls/:id',
    {
      config,
      schema: { params: z.object({ id: z.string() }), response: { 200: contract.controlDetail } },
    },
    ({ organisation, params }) =>
      read(organisation, (tx) => controlDetail(engine, tx, organisation, params.id)),
  )

  app.get(
    '/api/findings',
    { config, schema: { querystring: contract.findingQuery, response: { 200: contract.findingPage } } },
    ({ organisation, query }) => read(organisation, (tx) => findingPage(engine, tx, organisation, query)),
  )

  app.get(
    '/api/subject',
    {
      config,
      schema: {
        querystring: z.object({ kind: z.string(), id: z.string() }),
        response: { 200: contract.subjectView },
      },
    },
    ({ organisation, query }) =>
      read(organisation, (tx) => subjectView(engine, tx, organisation, query.kind, query.id)),
  )

  app.get(
    '/api/evidence',
    {
      config,
      schema: {
        querystring: z.object({ test: z.string(), subject: z.string() }),
        response: { 200: contract.evidence },
      },
    },
    ({ organisation, query }) => read(organisation, (tx) => evidenceOf(engine, tx, organisation, query)),
  )

  app.get(
    '/api/replay',
    {
      config,
      schema: {
        querystring: contract.replayQuery,
        response: { 200: contract.replayView },
      },
    },
    ({ organisation, query: { at, ...which } }) =>
      read(organisation, (tx) => replay(engine, tx, organisation, which, at)),
  )

  app.post(
    '/api/judging/clock',
    {
      config: { access: 'administrator' },
      schema: { body: contract.acceptingClock, response: { 200: nothing } },
    },
    async ({ organisation, body, principal }) => {
      await acceptClock(engine, organisation, actor(principal).id, body.seconds)
      return null
    },
  )

  app.get(
    '/api/exceptions',
    { config, schema: { response: { 200: z.array(contract.exceptionView) } } },
    ({ organisation }) => read(organisation, (tx) => exceptionViews(engine, tx, organisation)),
  )

  app.post(
    '/api/exceptions',
    { config, schema: { body: contract.exceptionRequest, response: { 200: contract.exceptionView } } },
    ({ organisation, body, principal }) =>
      engine.db.transaction(organisation, async (tx) => {
        const id = await askForException(engine, tx, organisation, body, actor(principal).id)
        return one(await exceptionViews(engine, tx, organisation), id)
      }),
  )

  app.post(
    '/api/exceptions/trial',
    { config, schema: { body: contract.exceptionTrying, response: { 200: contract.exceptionTrial } } },
    ({ organisation, body }) => read(organisation, (tx) => tryException(engine, tx, organisation, body)),
  )

  app.post(
    '/api/exceptions/:id/approve',
    {
      config: { access: 'administrator' },
      schema: { params: byId, response: { 200: contract.exceptionView } },
    },
    async ({ organisation, params, principal }) => {
      const may = await administrators(organisation)
      return engine.db.transaction(organisation, async (tx) => {
        await approve(engine, tx, organisation, params.id, actor(principal).id, may)
        return one(await exceptionViews(engine, tx, organisation), params.id)
      })
    },
  )

  app.delete(
    '/api/exceptions/:id',
    { config, schema: { params: byId, response: { 200: nothing } } },
    async ({ organisation, params, principal }) => {
      await engine.db.transaction(organisation, (tx) =>
        withdraw(engine, tx, organisation, params.id, actor(principal)),
      )
      return null
    },
  )
}

function actor(principal: Principal | null): Actor {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return { id: principal.id, administrator: principal.role === 'administrator' }
}

function one(views: readonly contract.ExceptionView[], id: string): contract.ExceptionView {
  const found = views.find((view) => view.id === id)
  if (found === undefined) throw new RequestError('not-found')
  return found
}
