import type { PolicyState } from '@hevd/core'
import { columnsOf } from '../columns.ts'
import type { ColumnView, ControlOver, RowView, TableName, TestOver } from '../contract.ts'
import type { Paper, PaperRows } from './content.ts'
import { type Form, formOf } from './form.ts'
import { ink } from './ink.ts'
import { drawBand, drawMark } from './marks.ts'
import { type PaperCell, type PaperColumn, Sheet } from './sheet.ts'
import { counted, logSaid, said, stateSaid, worstFirst, worstOver } from './words.ts'

/** The report of a period as a file: the whole policy, or the one control that the paper tells of. */
export async function reportPdf(paper: Paper): Promise<Buffer> {
  const { period, report, locale, organisation, sections } = paper
  const form = formOf(locale, period.zone)
  const [first] = sections.flatMap(({ controls }) => controls)
  const one = paper.tables.has('') ? null : (first ?? null)
  const subject = one === null ? period.title : `${one.title[locale]}, ${period.title}`
  const title = `${said.report[locale]}: ${subject}`
  const sheet = await Sheet.open({
    title: `${title}, ${organisation}`,
    author: organisation,
    language: form.language,
    at: period.signing?.at ?? report.through,
    foot: `${organisation} · ${title}`,
    page: (number, of) => `${said.page[locale]} ${number} ${said.of[locale]} ${of}`,
  })
  sheet.heading(1, title)
  sheet.paragraph(
    `${organisation}. ${form.day(period.firstDay)} ${said.to[locale]} ${form.day(period.lastDay)}, ${period.zone}.`,
    ink.second,
  )
  signing(sheet, paper, form)
  if (one === null) {
    strip(sheet, paper, form)
    overview(sheet, paper, form)
  }
  for (const { controls } of sections) for (const control of controls) told(sheet, paper, form, control)
  if (one === null) {
    sheet.heading(2, said.silences[locale])
    listed(sheet, paper, form, '', 'silences', columnsOf.silences)
    sheet.heading(2, said.judging[locale])
    listed(sheet, paper, form, '', 'judging', columnsOf.judging)
  }
  logs(sheet, paper, form)
  return sheet.close()
}

function signing(sheet: Sheet, { period, report, locale, nameOf }: Paper, form: Form): void {
  const { signing } = period
  if (signing === null)
    sheet.facts([
      [said.signing[locale], said.unsigned[locale]],
      [said.through[locale], form.moment(report.through)],
    ])
  else {
    const single = signing.single ? ` (${said.single[locale]})` : ''
    sheet.facts([
      [said.signedBy[locale], `${nameOf(signing.by)}${single}`],
      [said.signedAt[locale], form.moment(signing.at)],
      [said.digest[locale], signing.digest],
    ])
  }
  sheet.paragraph(said[signing === null ? 'bundle' : 'prove'][locale], ink.second)
}

/** Every control as one mark, the worst that it was in the period, with how many of each. */
function strip(sheet: Sheet, { sections, locale }: Paper, form: Form): void {
  const groups = sections.map(({ controls }) => controls.map(worstOver))
  const all = groups.flat()
  const states = worstFirst.filter((state) => all.includes(state))
  const count = (state: PolicyState) => all.filter((one) => one === state).length
  const inWords = states.map((state) => `${form.number(count(state))} ${stateSaid[state][locale]}`)
  sheet.heading(3, said.strip[locale])
  const size = 9
  const step = Math.min(13, (sheet.width - groups.length * 7) / Math.max(1, all.length))
  sheet.figure(`${said.strip[locale]}: ${inWords.join(', ')}`, 16, (doc, left, y) => {
    let x = left
    for (const group of groups) {
      for (const state of group) {
        drawMark(doc, state, x, y + 2, Math.min(size, step - 2))
        x += step
      }
      x += 7
    }
  })
  sheet.paragraph(`${inWords.join(' · ')}`, ink.second)
}

function overview(sheet: Sheet, { sections, report, locale }: Paper, form: Form): void {
  sheet.heading(2, said.controls[locale])
  const columns: PaperColumn[] = [
    { head: said.control[locale], share: 3.2 },
    { head: said.bands[locale], share: 2.5 },
    { head: said.upheld[locale], share: 1.1, number: true },
    { head: said.deviations[locale], share: 1.25, number: true },
    { head: said.late[locale], share: 1, number: true },
    { head: said.unseen[locale], share: 0.9, number: true },
  ]
  const rows = sections.flatMap(({ controls }) =>
    controls.map((control): PaperCell[] => [
      control.title[locale],
      bands(control, report, locale, form),
      form.percent(control.shares.holds, report.through - report.from),
      form.number(total(control, ({ deviations }) => deviations)),
      form.number(total(control, notInTime)),
      form.number(total(control, ({ unseen }) => unseen)),
    ]),
  )
  sheet.table(columns, rows)
}

/** How a control stood from one end of the period to the other; in words, its share of each state. */
function bands(
  control: ControlOver,
  { from, until, through }: Paper['report'],
  locale: Paper['locale'],
  form: Form,
): Exclude<PaperCell, string> {
  return {
    alt: sharesSaid(control, through - from, locale, form),
    height: 15,
    draw: (doc, x, y, width) => {
      const place = (at: number) => x + ((at - from) / (until - from)) * width
      for (const band of control.bands)
        drawBand(
          doc,
          band.state,
          place(band.from),
          y,
          Math.max(0.6, place(band.until) - place(band.from)),
          12,
        )
      doc
        .lineWidth(0.5)
        .moveTo(x, y + 12)
        .lineTo(x + width, y + 12)
        .stroke(ink.line)
    },
  }
}

function sharesSaid({ shares }: ControlOver, whole: number, locale: Paper['locale'], form: Form): string {
  const states = worstFirst.filter((state) => (shares[state] ?? 0) > 0)
  const parts = states.map(
    (state) => `${stateSaid[state][locale]} ${form.percent(shares[state] ?? 0, whole)}`,
  )
  if (shares.unwatched > 0)
    parts.push(`${said.unwatched[locale].toLowerCase()} ${form.percent(shares.unwatched, whole)}`)
  return parts.join(', ')
}

/** One control: how it stood, whom it spoke of, and what went wrong. */
function told(sheet: Sheet, paper: Paper, form: Form, control: ControlOver): void {
  const { report, locale } = paper
  const { id } = control
  sheet.heading(2, control.title[locale])
  const stood = bands(control, report, locale, form)
  sheet.figure(`${said.bands[locale]}: ${stood.alt}`, 16, stood.draw)
  sheet.paragraph(capital(stood.alt), ink.second)
  if (control.tests.length === 0) sheet.paragraph(said.unproven[locale])
  for (const test of control.tests) population(sheet, test, locale, form)
  const some = (
    name: TableName,
    heading: string,
    columns: readonly ColumnView[],
    only?: (row: RowView) => boolean,
  ) => {
    if (rowsIn(paper, id, name).rows.filter(only ?? (() => true)).length === 0) return
    sheet.heading(3, heading)
    listed(sheet, paper, form, id, name, columns, only)
  }
  some('deviations', said.deviations[locale], deviationColumns)
  some('occurrences', said.occurrences[locale], columnsOf.occurrences, isLate)
  some(
    'exceptions',
    said.exceptions[locale],
    columnsOf.exceptions.filter(({ key }) => key !== 'test'),
  )
  some(
    'editions',
    said.editions[locale],
    columnsOf.editions.filter(({ key }) => editionKeys.has(key)),
  )
  answers(sheet, paper, form, id)
}

const deviationKeys: ReadonlySet<string> = new Set(['subject', 'why', 'from', 'until'])
const deviationColumns: readonly ColumnView[] = [
  ...columnsOf.deviations.filter(({ key }) => deviationKeys.has(key)),
  { key: 'lasted', kind: 'duration', title: said.lasted },
  { key: 'excepted', kind: 'duration', title: said.excepted },
  { key: 'answer', kind: 'flag', title: said.answered },
]
const editionKeys: ReadonlySet<string> = new Set(['number', 'from', 'until', 'approved_by', 'policy_digest'])

function isLate({ state }: RowView): boolean {
  return typeof state === 'object' && state !== null && state.code !== 'met' && state.code !== 'open'
}

function population(sheet: Sheet, test: TestOver, locale: Paper['locale'], form: Form): void {
  const { population: over, occurrences } = test
  const due = Object.values(occurrences).reduce((sum, count) => sum + count, 0)
  sheet.heading(3, `${over.title[locale]} · ${test.id}`)
  sheet.facts([
    [
      said.counts[locale],
      counted.population[locale](
        form.number(over.atStart),
        form.number(over.joined),
        form.number(over.ended),
        form.number(over.atEnd),
      ),
    ],
    [said.source[locale], over.source[locale]],
    [said.reconciled[locale], over.reconciledWith?.[locale] ?? said.notReconciled[locale]],
    [said.query[locale], over.query],
    ...(over.where === null ? [] : [[said.where[locale], over.where] as const]),
    ...(due === 0 ? [] : [[said.due[locale], form.number(due)] as const]),
  ])
}

/** Answers are text and not a table: they are as long as they are. */
function answers(sheet: Sheet, paper: Paper, form: Form, control: string): void {
  const { rows } = rowsIn(paper, control, 'answers')
  const { locale } = paper
  if (rows.length === 0) return
  sheet.heading(3, said.answers[locale])
  for (const { subject, name, text, by, at } of rows) {
    const about = subject === null ? '' : ` · ${String(name ?? subject)}`
    sheet.paragraph(`${paper.nameOf(String(by))}, ${form.moment(Number(at))}${about}`, ink.second)
    sheet.paragraph(String(text))
  }
}

function listed(
  sheet: Sheet,
  paper: Paper,
  form: Form,
  control: string,
  name: TableName,
  columns: readonly ColumnView[],
  only: (row: RowView) => boolean = () => true,
): void {
  const { locale } = paper
  const { rows, total: all } = rowsIn(paper, control, name)
  const shown = rows.filter(only)
  if (shown.length === 0) {
    sheet.paragraph(said.nothing[locale], ink.second)
    return
  }
  sheet.table(
    columns.map(({ kind, title }) => ({
      head: title[locale],
      share: shares[kind] ?? 1.4,
      number: kind === 'count' || kind === 'duration',
    })),
    shown.map((row) => columns.map((column) => cellOf(row, column, paper, form))),
  )
  if (rows.length < all)
    sheet.paragraph(counted.rows[locale](form.number(rows.length), form.number(all)), ink.second)
}

/** How wide a column of a kind is beside others. */
const shares: { readonly [K in ColumnView['kind']]?: number } = {
  subject: 2.8,
  test: 2,
  reason: 2.2,
  text: 2,
  count: 0.8,
  flag: 1.2,
  duration: 1.1,
  source: 2.4,
  digest: 1.8,
}

function cellOf(row: RowView, { key, kind }: ColumnView, { locale, nameOf }: Paper, form: Form): string {
  const value = row[key] ?? null
  if (kind === 'flag') return value === null || value === false ? '–' : yes[locale]
  if (value === null) return '–'
  if (typeof value === 'object') return value.text[locale]
  if (typeof value === 'boolean') return yes[locale]
  if (typeof value === 'number') {
    if (kind === 'instant') return form.moment(value)
    if (kind === 'duration') return value === 0 ? '–' : form.lasting(value)
    return form.number(value)
  }
  if (kind === 'subject') return String(row.name ?? value)
  if (kind === 'account') return nameOf(value)
  return kind === 'digest' ? value.slice(0, 16) : value
}

const yes = { nb: 'ja', en: 'yes' } as const

function logs(sheet: Sheet, { report, locale }: Paper, form: Form): void {
  const { start, end } = report.ledger
  const position = (at: typeof start.internal) =>
    at === null ? said.none[locale] : `${counted.entries[locale](form.number(at.size))}, ${at.root}`
  sheet.heading(2, said.logs[locale])
  sheet.facts([
    [logSaid.internalStart[locale], position(start.internal)],
    [logSaid.internalEnd[locale], position(end.internal)],
    [logSaid.publicStart[locale], position(start.public)],
    [logSaid.publicEnd[locale], position(end.public)],
  ])
}

function rowsIn({ tables }: Paper, control: string, name: TableName): PaperRows {
  return tables.get(control)?.get(name) ?? { rows: [], total: 0 }
}

function total(control: ControlOver, of: (test: TestOver) => number): number {
  return control.tests.reduce((sum, test) => sum + of(test), 0)
}

function notInTime({ occurrences }: TestOver): number {
  return occurrences.late + occurrences.missed + occurrences['not-observed'] + occurrences.overdue
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
