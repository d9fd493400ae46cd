import { type App, cursorOf, placeOf } from '@hevd/http'
import { z } from 'zod'
import * as contract from './contract.ts'
import { enterFound, foundObjects, scannedPlacesOf, settleFound } from './found.ts'
import type { RegisterDeps } from './register.ts'
import { actOf } from './routes.ts'

const nothing = z.null()
const page = z.object({ from: z.int().min(0) })

/** What scans have seen, and what a person makes of it. */
export function foundRoutes(app: App, deps: RegisterDeps): void {
  const { db } = deps

  app.get(
    '/api/data-scans',
    {
      config: { access: 'reader' },
      schema: { querystring: contract.foundQuery, response: { 200: contract.scannedPlacesPage } },
    },
    ({ organisation, query }) =>
      db.transaction(organisation, async (tx) => {
        const places = await scannedPlacesOf(deps, tx, organisation)
        return pageFrom(
          places.filter(({ name }) => has(name, query.q)),
          query,
        )
      }),
  )

  app.get(
    '/api/data-finds',
    {
      config: { access: 'reader' },
      schema: { querystring: contract.foundQuery, response: { 200: contract.foundPage } },
    },
    ({ organisation, query }) =>
      db.transaction(organisation, async (tx) => {
        const objects = await foundObjects(deps, tx, organisation)
        const asked = objects.filter(({ object, placeName }) => has(`${placeName} ${object}`, query.q))
        return pageFrom(asked, query)
      }),
  )

  app.post(
    '/api/data-finds/enter',
    {
      config: { access: 'administrator' },
      schema: { body: contract.enteringFound, response: { 200: nothing } },
    },
    async (request) => {
      await enterFound(deps, actOf(request), request.body)
      return null
    },
  )

  app.post(
    '/api/data-finds/settle',
    {
      config: { access: 'administrator' },
      schema: { body: contract.settlingFound, response: { 200: nothing } },
    },
    async (request) => {
      await settleFound(deps, actOf(request), request.body)
      return null
    },
  )
}

const has = (text: string, part = '') => text.toLocaleLowerCase('nb').includes(part.toLocaleLowerCase('nb'))

/** A page of a list that is made anew for each; facts of scans are as many as tables, not as rows. */
function pageFrom<Item>(items: readonly Item[], query: z.infer<typeof contract.foundQuery>) {
  const from = placeOf(page, query.cursor)?.from ?? 0
  const until = from + query.limit
  return {
    items: items.slice(from, until),
    next: cursorOf(until < items.length ? { from: until } : null),
    total: items.length,
  }
}
