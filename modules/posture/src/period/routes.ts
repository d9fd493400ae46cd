import { Readable } from 'node:stream'
import type { Locale } from '@hevd/core'
import type { App, Principal } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import type { Engine } from '../engine.ts'
import type { Actor } from '../exceptions.ts'
import type { Administrators } from '../routes.ts'
import { columnsOf } from './columns.ts'
import * as contract from './contract.ts'
import { csvHead, csvName, csvRow } from './csv.ts'
import { answer, computedOf, makePeriod, periodDetailOf, periodNamed, periodViews, sign } from './keeping.ts'
import { tabledOf } from './report.ts'
import { rowViews, tablePageOf } from './rows.ts'
import { sampleOf } from './sample.ts'
import { type Place, rowsOf } from './tables.ts'

/** What the routes of periods share with the module's others. */
export type PeriodRouteDeps = {
  readonly engine: Engine
  readonly administrators: Administrators
  /** Reads one moment of the database. */
  read<T>(organisation: string, run: (tx: Tx) => Promise<T>): Promise<T>
  /** Who asks; throws where nobody is signed in. */
  actor(principal: Principal | null): Actor
}

export function periodRoutes(app: App, { engine, administrators, read, actor }: PeriodRouteDeps): void {
  const config = { access: 'reader' as const }
  const administrator = { access: 'administrator' as const }
  const serializable = { isolation: 'serializable' } as const
  const nothing = z.null()
  const byId = z.object({ id: z.uuid() })
  const ofTable = byId.extend({ table: contract.tableName })
  const file = z.union([z.string(), z.instanceof(Readable)]).describe('CSV (RFC 4180)')

  app.get(
    '/api/periods',
    { config, schema: { response: { 200: z.array(contract.periodView) } } },
    ({ organisation }) => read(organisation, (tx) => periodViews(engine, tx, organisation)),
  )

  app.get('/api/period-tables', { config, schema: { response: { 200: contract.tablesView } } }, () =>
    contract.tableNames.map((name) => ({ name, columns: [...columnsOf[name]] })),
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
    '/api/periods/:id',
    { config, schema: { params: byId, response: { 200: contract.periodDetail } } },
    ({ organisation, params }) =>
      read(organisation, (tx) => periodDetailOf(engine, tx, organisation, params.id)),
  )

  app.get(
    '/api/periods/:id/computed',
    { config, schema: { params: byId, response: { 200: contract.computedReport } } },
    ({ organisation, params }) => read(organisation, (tx) => computedOf(engine, tx, organisation, params.id)),
  )

  app.get(
    '/api/periods/:id/tables/:table',
    {
      config,
      schema: { params: ofTable, querystring: contract.tableQuery, response: { 200: contract.tablePage } },
    },
    ({ organisation, params, query }) =>
      read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.id)
        return tablePageOf(engine, tx, organisation, period, params.table, query)
      }),
  )

  app.get(
    '/api/periods/:id/tables/:table/csv',
    {
      config,
      schema: {
        params: ofTable,
        querystring: contract.tableQuery.pick({ control: true, test: true }),
        response: { 200: file },
      },
    },
    async ({ organisation, params: { id, table }, query, locale }, reply) => {
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
    '/api/periods/:id/sample',
    {
      config,
      schema: { params: byId, querystring: contract.sampleQuery, response: { 200: contract.sampleView } },
    },
    ({ organisation, params, query }) =>
      read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.id)
        return sampleOf(engine, tx, organisation, period, query)
      }),
  )

  app.get(
    '/api/periods/:id/sample/csv',
    { config, schema: { params: byId, querystring: contract.sampleQuery, response: { 200: file } } },
    async ({ organisation, params, query, locale }, reply) => {
      const { period, sample } = await read(organisation, async (tx) => {
        const period = await periodNamed(tx, organisation, params.id)
        return { period, sample: await sampleOf(engine, tx, organisation, period, query) }
      })
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', attachment(csvName('sample', period.first_day, period.last_day)))
        .send(sampleCsv(sample, locale))
    },
  )

  app.post(
    '/api/periods/:id/answers',
    { config: administrator, schema: { params: byId, body: contract.newAnswer, response: { 200: nothing } } },
    async ({ organisation, params, body, principal }) => {
      const { id: by } = actor(principal)
      await engine.db.transaction(
        organisation,
        (tx) => answer(engine, tx, organisation, params.id, body, by),
        serializable,
      )
      return null
    },
  )

  app.post(
    '/api/periods/:id/sign',
    {
      config: administrator,
      schema: { params: byId, body: contract.newSigning, response: { 200: nothing } },
    },
    async ({ organisation, params, body, principal }) => {
      const { id: by } = actor(principal)
      const may = await administrators(organisation)
      await engine.db.transaction(
        organisation,
        (tx) => sign(engine, tx, organisation, params.id, body.digest, by, may),
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
