import { type App, RequestError } from '@hevd/http'
import type { Database } from '@hevd/postgres'
import { encodeEntryBundle, parseTilePath, tileOf, tileWidth } from '@hevd/tlog'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { browse } from './browse.ts'
import * as contract from './contract.ts'
import { LedgerError } from './errors.ts'
import type { Log } from './log.ts'
import type { PersonKeys } from './person-keys.ts'
import { cosigned, proofAt } from './proofs.ts'
import { entriesBetween } from './store.ts'
import { tileSource } from './tiles.ts'

export type RouteDeps = {
  readonly db: Database
  readonly keys: () => PersonKeys
  /** Throws `log-not-open`. */
  readonly log: (organisation: string, name: contract.LogName) => Log
  readonly state: (organisation: string, name: contract.LogName) => Promise<contract.LogView>
}

const note = z.string().describe('Signed note (C2SP tlog-checkpoint)')
const bytes = z.instanceof(Uint8Array).describe('Tile or entry bundle (C2SP tlog-tiles)')
const wildcard = z.object({ '*': z.string().max(200) })

export function ledgerRoutes(app: App, deps: RouteDeps): void {
  serveTiles(app, deps, '/log', 'public')
  serveTiles(app, deps, '/api/log', 'internal')

  const byLog = z.object({ log: z.string() })
  const byIndex = byLog.extend({ index: z.coerce.number().int().min(0) })
  app.get(
    '/api/logs/:log',
    { config: { access: 'reader' }, schema: { params: byLog, response: { 200: contract.logView } } },
    ({ organisation, params }) => deps.state(organisation, named(params.log)),
  )

  app.get(
    '/api/logs/:log/entries',
    {
      config: { access: 'reader' },
      schema: { params: byLog, querystring: contract.entryQuery, response: { 200: contract.entryPage } },
    },
    ({ organisation, params, query, principal }) =>
      browse(deps.db, deps.log(organisation, named(params.log)), deps.keys(), {
        before: query.before,
        limit: query.limit,
        kind: query.kind,
        mayOpen: principal?.kind === 'account' && principal.role === 'administrator',
      }),
  )

  app.get(
    '/api/logs/:log/entries/:index/proof',
    {
      config: { access: 'reader' },
      schema: { params: byIndex, response: { 200: contract.inclusionProof } },
    },
    async ({ organisation, params: { log, index } }) => {
      const proof = await proofAt(deps.db, deps.log(organisation, named(log)), index)
      if (proof === null) throw new LedgerError('no-such-entry', { index: String(index) })
      return proof
    },
  )
}

function named(name: string): contract.LogName {
  const parsed = contract.logName.safeParse(name)
  if (!parsed.success) throw new LedgerError('no-such-log', { log: name })
  return parsed.data
}

/** The log below `prefix` as C2SP tlog-tiles has it. What is internal is cached by no one but the reader's own browser. */
function serveTiles(app: App, deps: RouteDeps, prefix: string, name: contract.LogName): void {
  const access = name === 'public' ? 'public' : 'reader'
  const shared = name === 'public' ? 'public' : 'private'
  app.get(
    `${prefix}/checkpoint`,
    { config: { access }, schema: { response: { 200: note } } },
    async ({ organisation }, reply) => {
      const log = deps.log(organisation, name)
      const { kept } = log
      if (kept === null) throw new LedgerError('no-checkpoint')
      const text = await deps.db.transaction(organisation, (tx) => cosigned(tx, log, kept))
      return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(text)
    },
  )
  app.get(
    `${prefix}/tile/*`,
    { config: { access }, schema: { params: wildcard, response: { 200: bytes } } },
    async ({ organisation, params }, reply) => {
      const asked = parseTilePath(`tile/${params['*']}`)
      if (asked === null) throw new RequestError('not-found')
      const log = deps.log(organisation, name)
      const level = asked.kind === 'entries' ? 0 : asked.level
      const there = tileOf(level, asked.index, log.kept?.size ?? 0)
      if (there === null || there.width < asked.width) throw new LedgerError('no-such-tile')
      const content = await deps.db.transaction(organisation, async (tx) => {
        if (asked.kind === 'hashes')
          return (await tileSource(tx, organisation, name)([{ ...there, width: asked.width }]))[0]
        const first = asked.index * tileWidth
        const entries = await entriesBetween(tx, organisation, name, first, first + asked.width)
        return encodeEntryBundle(entries.map(({ data }) => data))
      })
      return tile(reply, shared).send(Buffer.from(content ?? []))
    },
  )
}

/** A tile of a width never changes, whether it is full or not. */
function tile(reply: FastifyReply, shared: 'public' | 'private'): FastifyReply {
  return reply
    .type('application/octet-stream')
    .header('cache-control', `${shared}, max-age=31536000, immutable`)
}
