import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Locale } from '@hevd/core'
import type { App, Principal } from '@hevd/http'
import { inclusionProof } from '@hevd/ledger/contract'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import { replayQuery, replayView } from '../contract.ts'
import type { Engine } from '../engine.ts'
import { PostureError } from '../errors.ts'
import type { Actor } from '../exceptions.ts'
import { replay } from '../read/replay.ts'
import type { Administrators } from '../routes.ts'
import { makeBundle } from './bundle/make-bundle.ts'
import { columnsOf } from './columns.ts'
import * as contract from './contract.ts'
import { csvHead, csvName, csvRow } from './csv.ts'
import { entryProof, within } from './entries.ts'
import { answer, computedOf, makePeriod, periodDetailOf, periodNamed, periodViews, sign } from './keeping.ts'
import { accountName, accountsOf, type Names } from './names.ts'
import { paperOf } from './pdf/content.ts'
import { reportPdf } from './pdf/report-pdf.ts'
import { tabledOf } from './report.ts'
import { rowViews, tablePageOf } from './rows.ts'
import { drawnSampleOf, drawSample } from './sample.ts'
import { drawnSamples } from './store.ts'
import { type Place, rowsOf } from './tables.ts'

/** What the routes of periods share with the module's others. */
export type PeriodRouteDeps = {
  readonly engine: Engine
  readonly administrators: Administrators
  readonly names: Names
  /** Reads one moment of the database. */
  read<T>(organisation: string, run: (tx: Tx) => Promise<T>): Promise<T>
  /** Who asks; throws where nobody is signed in. */
  actor(principal: Principal | null): Actor
}

export function periodRoutes(
  app: App,
  { engine, administrators, names, read, actor }: PeriodRouteDeps,
): void {
  const config = { access: 'auditor' as const }
  const administrator = { access: 'administrator' as const }
  const serializable = { isolation: 'serializable' } as const
  const nothing = z.null()
  const byId = z.object({ period: z.uuid() })
  const ofTable = byId.extend({ table: contract.tableName })
  const file = z.union([z.string(), z.instanceof(Readable)]).describe('CSV (RFC 4180)')

  /** Names of the accounts that a period tells of. */
  async function namesIn(organisation: string, id: string): Promise<ReadonlyMap<string, string>> {
    const ids = await read(organisation, async (tx) => {
      const period = await periodNamed(tx, organisation, id)
      return accountsOf(tx, organisation, period.id)
    })
    return names(organisation, ids)
  }

  app.get(
    '/api/periods',
    { config: { access: 'reader' }, schema: { response: { 200: z.array(contract.periodView) } } },
    ({ organisation }) => read(organisation, (tx) => periodViews(engine, tx, organisation)),
  )

  app.get(
    '/api/period-tables',
    { config: { ...config, ofNoPeriod: true }, schema: { response: { 200: contract.tablesView } } },
    () => contract.tableNames.map((name) => ({ name, columns: [...columnsOf[name]] })),
  )

  app.post(
    '/api/periods',
    {
      config: administrator,
      schema: { body: contract.newPeriod, response: { 200: z.object({ id: z.string() }) } },
    },
    async ({ organisation, body, principal }) => {
      const { id: by } = actor(principal)
      const id = await engine.db.transaction(organisation, (tx) =>
        makePeriod(engine, tx, organisation, body, by),
      )
      return { id }
    },
  )

  app.get(
    '/api/periods/:period',
    { config, schema: { params: byId, response: { 200: contract.periodDetail } } },
    ({ organisation, params }) =>
      read(organisation, (tx) => periodDetailOf(engine, tx, organisation, params.period)),
  )

  app.get(
    '/api/periods/:period/computed',
    { config, schema: { params: byId, response: { 200: contract.computedReport } } },
    ({ organisation, params }) =>
      read(organisation, (tx) => computedOf(engine, tx, organisation, params.period)),
  )

  app.get(
    '/api/periods/:period/tables/:table',
    {
      config,
      schema: { params: ofTable, querystring: contract.tableQuery, response: { 200: contract.tablePage } },
    },
    ({ organisation, params, query }) =>
      read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.period)
        return tablePageOf(engine, tx, organisation, period, params.table, query)
      }),
  )

  app.get(
    '/api/periods/:period/tables/:table/csv',
    {
      config,
      schema: {
        params: ofTable,
        querystring: contract.tableQuery.pick({ control: true, test: true }),
        response: { 200: file },
      },
    },
    async ({ organisation, params: { period: id, table }, query, locale }, reply) => {
      const period = await read(organisation, (tx) => periodNamed(tx, organisation, id))
      const part = (after: Place | null) =>
        read(organisation, async (tx) => {
          const tabled = await tabledOf(engine, tx, organisation, period, query)
          const { rows, last } = await rowsOf(tx, table, tabled, after, rowsAtOnce)
          return { rows: await rowViews(engine, tx, organisation, rows), last }
        })
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(csvName(table, period.first_day, period.last_day)))
        .send(Readable.from(written(table, part, locale)))
    },
  )

  app.get(
    '/api/periods/:period/samples',
    { config, schema: { params: byId, response: { 200: z.array(contract.drawnSample) } } },
    ({ organisation, params }) =>
      read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.period)
        return drawnSamples(tx, organisation, period.id)
      }),
  )

  app.post(
    '/api/periods/:period/samples',
    { config, schema: { params: byId, body: contract.sampleQuery, response: { 200: nothing } } },
    async ({ organisation, params, body, principal }) => {
      const { id: by } = actor(principal)
      await engine.db.transaction(organisation, (tx) =>
        drawSample(engine, tx, organisation, params.period, body, by),
      )
      return null
    },
  )

  app.get(
    '/api/periods/:period/replay',
    {
      config,
      schema: { params: byId, querystring: replayQuery, response: { 200: replayView } },
    },
    ({ organisation, params, query: { at, ...which } }) =>
      read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.period)
        if (!within(period, at)) throw new PostureError('not-in-period')
        const view = await replay(engine, tx, organisation, which, at)
        return { ...view, until: view.until !== null && within(period, view.until) ? view.until : null }
      }),
  )

  app.get(
    '/api/periods/:period/names',
    { config, schema: { params: byId, response: { 200: contract.periodNames } } },
    async ({ organisation, params }) => {
      const named = await namesIn(organisation, params.period)
      return [...named].map(([id, name]) => ({ id, name }))
    },
  )

  app.get(
    '/api/periods/:period/log/checkpoint',
    {
      config,
      schema: {
        params: byId,
        response: { 200: z.string().describe('Signed note (C2SP tlog-checkpoint)') },
      },
    },
    async ({ organisation, params }, reply) => {
      await read(organisation, (tx) => periodNamed(tx, organisation, params.period))
      const { checkpoint } = await engine.ledger.state(organisation, 'internal')
      if (checkpoint === null) throw new PostureError('not-in-period')
      return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(checkpoint)
    },
  )

  app.get(
    '/api/periods/:period/log/entries/:index/proof',
    {
      config,
      schema: {
        params: byId.extend({ index: z.coerce.number().int().min(0) }),
        response: { 200: inclusionProof },
      },
    },
    async ({ organisation, params }) => {
      const period = await read(organisation, (tx) => periodNamed(tx, organisation, params.period))
      return entryProof(engine, organisation, period, params.index)
    },
  )

  app.get(
    '/api/periods/:period/report.pdf',
    {
      config,
      schema: {
        params: byId,
        querystring: z.object({ control: z.string().optional() }),
        response: { 200: z.instanceof(Uint8Array).describe('PDF/UA-1') },
      },
    },
    async ({ organisation, params, query, locale }, reply) => {
      const control = query.control ?? null
      if (control !== null && !engine.catalogue.controls.has(control))
        throw new PostureError('no-such-control')
      const named = await namesIn(organisation, params.period)
      const nameOf = (id: string) => accountName(id, named, locale)
      const paper = await read(organisation, (tx) =>
        paperOf(engine, tx, organisation, params.period, { control, locale, nameOf }),
      )
      const file = await reportPdf(paper)
      const { firstDay, lastDay } = paper.period
      return reply
        .type('application/pdf')
        .header('content-disposition', attachment(`hevd-${control ?? 'report'}-${firstDay}-${lastDay}.pdf`))
        .header('repr-digest', `sha-256=:${hash('sha256', file, 'base64')}:`)
        .send(new Uint8Array(file))
    },
  )

  app.get(
    '/api/periods/:period/bundle',
    {
      config,
      schema: {
        params: byId,
        response: { 200: z.instanceof(Readable).describe('ZIP; README.md in it says of what') },
      },
    },
    async ({ organisation, params, locale, principal }, reply) => {
      const { id: by } = actor(principal)
      const { file, size, name } = await makeBundle(engine, read, organisation, params.period, { by, locale })
      return reply
        .type('application/zip')
        .header('content-disposition', attachment(name))
        .header('content-length', size)
        .send(file.createReadStream({ start: 0 }))
    },
  )

  app.get(
    '/api/periods/:period/sample',
    {
      config,
      schema: { params: byId, querystring: contract.sampleQuery, response: { 200: contract.sampleView } },
    },
    ({ organisation, params, query }) =>
      read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.period)
        return drawnSampleOf(engine, tx, organisation, period, query)
      }),
  )

  app.get(
    '/api/periods/:period/sample/csv',
    { config, schema: { params: byId, querystring: contract.sampleQuery, response: { 200: file } } },
    async ({ organisation, params, query, locale }, reply) => {
      const { period, sample } = await read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.period)
        return { period, sample: await drawnSampleOf(engine, tx, organisation, period, query) }
      })
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(csvName('sample', period.first_day, period.last_day)))
        .send(sampleCsv(sample, locale))
    },
  )

  app.post(
    '/api/periods/:period/answers',
    { config: administrator, schema: { params: byId, body: contract.newAnswer, response: { 200: nothing } } },
    async ({ organisation, params, body, principal }) => {
      const { id: by } = actor(principal)
      await engine.db.transaction(
        organisation,
        (tx) => answer(engine, tx, organisation, params.period, body, by),
        serializable,
      )
      return null
    },
  )

  app.post(
    '/api/periods/:period/sign',
    {
      config: administrator,
      schema: { params: byId, body: contract.newSigning, response: { 200: nothing } },
    },
    async ({ organisation, params, body, principal }) => {
      const { id: by } = actor(principal)
      const may = await administrators(organisation)
      await engine.db.transaction(
        organisation,
        (tx) => sign(engine, tx, organisation, params.period, body.digest, by, may),
        serializable,
      )
      return null
    },
  )
}

/** Rows of a file that are put into words at once. */
const rowsAtOnce = 20_000

const attachment = (name: string) => `attachment; filename="${name}"`

/** A table as a file, some rows at a time. */
async function* written(
  table: contract.TableName,
  part: (after: Place | null) => Promise<{ rows: readonly contract.RowView[]; last: Place | null }>,
  locale: Locale,
): AsyncGenerator<string> {
  const columns = columnsOf[table]
  yield csvHead(columns, locale)
  let after: Place | null = null
  do {
    const { rows, last }: Awaited<ReturnType<typeof part>> = await part(after)
    if (rows.length > 0) yield rows.map((row) => csvRow(columns, row, locale)).join('')
    after = last
  } while (after !== null)
}

const sampleColumns: readonly contract.ColumnView[] = [
  { key: 'test', kind: 'test', title: { nb: 'Test', en: 'Test' } },
  { key: 'seed', kind: 'text', title: { nb: 'Frø', en: 'Seed' } },
  { key: 'of', kind: 'count', title: { nb: 'Trukket av', en: 'Drawn from' } },
  { key: 'place', kind: 'count', title: { nb: 'Nummer', en: 'Number' } },
  { key: 'subject', kind: 'subject', title: { nb: 'Kontrollobjekt', en: 'Subject' } },
  { key: 'rank', kind: 'digest', title: { nb: 'SHA-256', en: 'SHA-256' } },
  { key: 'verdict', kind: 'text', title: { nb: 'Bedømming', en: 'Verdict' } },
  { key: 'why', kind: 'reason', title: { nb: 'Hvorfor', en: 'Why' } },
  { key: 'from', kind: 'instant', title: { nb: 'Fra', en: 'From' } },
  { key: 'until', kind: 'instant', title: { nb: 'Til', en: 'Until' } },
]

/** One record for each version of each subject that was drawn, each with how it was drawn. */
function sampleCsv({ test, seed, of, subjects }: contract.SampleView, locale: Locale): string {
  const rows = subjects.flatMap(({ id, name, rank, versions }, index) =>
    versions.map(({ verdict, why, from, until }) => {
      const drawn = { test, seed, of, place: index + 1, rank }
      return csvRow(sampleColumns, { ...drawn, subject: id, name, verdict, why, from, until }, locale)
    }),
  )
  return [csvHead(sampleColumns, locale), ...rows].join('')
}
