import { type Locale, toIso } from '@hevd/core'
import type { ColumnView, RowView } from './contract.ts'

/** Byte order mark, by which spreadsheets know UTF-8. */
export const csvMark = '\uFEFF'

const flags = { nb: { true: 'ja', false: 'nei' }, en: { true: 'yes', false: 'no' } } as const

/**
 * The head of a table as RFC 4180 with a byte order mark. What a column is called stands in the reader's language; a
 * subject has two columns, its id and its name.
 */
export function csvHead(columns: readonly ColumnView[], locale: Locale): string {
  const idOf = locale === 'nb' ? 'ID' : 'id'
  return (
    csvMark +
    csvLine(
      columns.flatMap(({ kind, title }) => {
        if (kind === 'subject') return [title[locale], `${title[locale]} (${idOf})`]
        if (kind === 'reason')
          return [title[locale], `${title[locale]} (${locale === 'nb' ? 'kode' : 'code'})`]
        if (kind === 'duration') return [`${title[locale]} (s)`]
        return [title[locale]]
      }),
    )
  )
}

/** One row. Moments are RFC 3339 in UTC, times are seconds, so that a spreadsheet can count with them. */
export function csvRow(columns: readonly ColumnView[], row: RowView, locale: Locale): string {
  return csvLine(
    columns.flatMap(({ key, kind }) => {
      const value = row[key] ?? null
      if (kind === 'subject') return [textOf(row.name ?? value, locale), textOf(value, locale)]
      if (kind === 'reason')
        return typeof value === 'object' && value !== null
          ? [value.text[locale], value.code]
          : [textOf(value, locale), '']
      if (value === null) return ['']
      if (kind === 'instant' && typeof value === 'number') return [toIso(value)]
      if (kind === 'duration' && typeof value === 'number') return [String(value / 1000)]
      return [textOf(value, locale)]
    }),
  )
}

function textOf(value: RowView[string] | undefined, locale: Locale): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return flags[locale][value ? 'true' : 'false']
  return typeof value === 'object' ? value.text[locale] : String(value)
}

/** One record of RFC 4180, every field quoted. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => `"${inert(field).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/**
 * What a spreadsheet would take for a formula is kept from being one by an apostrophe before it (OWASP, CSV Injection): what
 * begins with `=`, `+`, `-`, `@`, tab, carriage return or line feed, in full width too. A plain number is left alone.
 */
function inert(field: string): string {
  if (/^-?\d+(\.\d+)?$/.test(field)) return field
  return /^[=+\-@\t\r\n＝＋－＠]/.test(field) ? `'${field}` : field
}

/** A name for the file: what it is, of which days. */
export function csvName(table: string, firstDay: string, lastDay: string): string {
  return `hevd-${table}-${firstDay}-${lastDay}.csv`
}
