import type { Locale } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { Engine } from '../../engine.ts'
import { organisationNameOf } from '../../store/organisation.ts'
import type { ControlOver, PeriodReport, PeriodView, RowView, TableName } from '../contract.ts'
import { periodDetailOf, periodNamed } from '../keeping.ts'
import { tabledOf } from '../report.ts'
import { rowViews } from '../rows.ts'
import { countOf, rowsOf } from '../tables.ts'

/** Rows of a table that stand on paper, and how many there are in all. */
export type PaperRows = { readonly rows: readonly RowView[]; readonly total: number }

/** All that the report on paper tells. */
export type Paper = {
  readonly organisation: string
  readonly locale: Locale
  readonly period: PeriodView
  readonly report: PeriodReport
  /** Controls that are told of, by section, in policy order. */
  readonly sections: readonly { readonly title: string; readonly controls: readonly ControlOver[] }[]
  /** Of one control by its id, and under '' of the whole policy. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<TableName, PaperRows>>
  /** Name of an account by its id. */
  readonly nameOf: (id: string) => string
}

/** Rows of one table of one control on paper; more are in the CSV file. */
const longest = 100
const ofControls = ['deviations', 'occurrences', 'exceptions', 'editions', 'answers'] as const
const ofAll = ['silences', 'judging'] as const

/** Reads what stands on paper, for one control or (null) the whole policy. Throws `no-such-period`. */
export async function paperOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
  { control, locale, nameOf }: Pick<Paper, 'locale' | 'nameOf'> & { readonly control: string | null },
): Promise<Paper> {
  const { period, report } = await periodDetailOf(engine, tx, organisation, id)
  const told = new Map(report.controls.map((one) => [one.id, one]))
  const sections = engine.catalogue.sections.flatMap(({ title, controls }) => {
    const shown = controls.flatMap((one) => {
      const over = told.get(one.id)
      return over === undefined || (control !== null && one.id !== control) ? [] : [over]
    })
    return shown.length === 0 ? [] : [{ title: title[locale], controls: shown }]
  })
  const tables = new Map<string, Map<TableName, PaperRows>>()
  for (const { controls } of sections)
    for (const over of controls)
      tables.set(over.id, await tablesOf(engine, tx, organisation, id, over.id, ofControls))
  if (control === null) tables.set('', await tablesOf(engine, tx, organisation, id, null, ofAll))
  const name = await organisationNameOf(tx, organisation)
  return { organisation: name, locale, period, report, sections, tables, nameOf }
}

async function tablesOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
  control: string | null,
  names: readonly TableName[],
): Promise<Map<TableName, PaperRows>> {
  const period = await periodNamed(tx, organisation, id)
  const tabled = await tabledOf(engine, tx, organisation, period, control === null ? {} : { control })
  const found = new Map<TableName, PaperRows>()
  for (const name of names) {
    const { rows, last } = await rowsOf(tx, name, tabled, null, longest)
    const total = last === null ? rows.length : await countOf(tx, name, tabled)
    found.set(name, { rows: await rowViews(engine, tx, organisation, rows), total })
  }
  return found
}
