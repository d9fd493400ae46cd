import type { Bilingual } from '@hevd/core'
import { CsvError, parse } from 'csv-parse/sync'
import { type Cell, type Column, columnOf } from './columns.ts'
import { decode } from './decode.ts'

/** Where a file is wrong. `field` is the column's header as the file has it; empty for the line or file as a whole. */
export type FileFault = { readonly line: number; readonly field: string; readonly words: Bilingual }

/** One line of a file: what its columns say; a column that the file has not is not in `says`. */
export type FileRow<Field extends string> = {
  readonly line: number
  readonly says: { readonly [Name in Field]?: Cell }
}

export type ReadFile<Field extends string> = {
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly rows: readonly FileRow<Field>[]
  readonly faults: readonly FileFault[]
  readonly ignoredColumns: readonly string[]
  /** The header of each field, as the file has it. */
  readonly headers: ReadonlyMap<Field, string>
}

/**
 * Reads a file of a register: a header line in Norwegian or English, semicolons or commas. Whatever is in it is text; no
 * cell is evaluated. Never throws for what a file holds.
 *
 * @param longest most lines beside the header
 */
export function readCsv<Field extends string>(
  file: string | Uint8Array,
  columns: readonly Column<Field>[],
  longest: number,
): ReadFile<Field> {
  const { text, encoding, lost } = decode(file)
  const none = { encoding, rows: [], ignoredColumns: [], headers: new Map<Field, string>() }
  const stop = (line: number, words: Bilingual): ReadFile<Field> => ({
    ...none,
    faults: [{ line, field: '', words }],
  })
  const bad = text.search(lost ? /[\0\ufffd]/ : /\0/)
  if (bad >= 0) return stop(lineAt(text, bad), notText)
  const records = recordsOf(text, columns)
  if ('fault' in records) return stop(records.line, records.fault)
  const [header, ...lines] = records.lines
  if (header === undefined) return stop(1, emptyFile(columns))
  if (lines.length > longest)
    return stop(longest + 2, {
      nb: `Filen har ${lines.length} linjer, og grensen er ${longest}. Del den i flere.`,
      en: `The file has ${lines.length} lines, and the limit is ${longest}. Split it.`,
    })
  const { found, ignored, faults: headerFaults } = columnsOf(header, columns)
  const headers = new Map(
    found.flatMap(({ column, header: name }) => (column === undefined ? [] : [[column.field, name]])),
  )
  if (headerFaults.length > 0) return { ...none, headers, faults: headerFaults }
  const faults: FileFault[] = []
  const rows = lines.map((line) => rowOf(line, found, faults))
  return { encoding, rows, faults, ignoredColumns: ignored, headers }
}

type Line = { readonly line: number; readonly cells: readonly string[] }
type Found<Field extends string> = { readonly column: Column<Field> | undefined; readonly header: string }

/** The records with the line each begins at. Empty lines are left out. */
function recordsOf<Field extends string>(
  text: string,
  columns: readonly Column<Field>[],
): { lines: readonly Line[] } | { line: number; fault: Bilingual } {
  const hint = /^sep=([;,])\r?\n/i.exec(text)
  const body = hint === null ? text : text.slice(hint[0].length)
  const before = hint === null ? 0 : 1
  let next = 1 + before
  const lines: Line[] = []
  try {
    parse(body, {
      delimiter: hint?.[1] ?? delimiterOf(body, columns),
      relax_column_count: true,
      max_record_size: longestRecord,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells: string[], { lines: end }) => {
        if (cells.some((cell) => cell.trim() !== '')) lines.push({ line: next, cells })
        next = end + before + 1
        return null
      },
    })
    return { lines }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { line: next, fault: error.code === 'CSV_MAX_RECORD_SIZE' ? tooLong : badQuotes }
  }
}

const longestRecord = 20_000

/** The mark that parts the header into the most columns we know; a semicolon where that does not tell. */
function delimiterOf<Field extends string>(text: string, columns: readonly Column<Field>[]): ';' | ',' {
  const [first = ''] = text.trimStart().split(/\r\n|\n|\r/, 1)
  const known = (mark: string) =>
    first.split(mark).filter((cell) => columnOf(columns, cell.replaceAll('"', '')) !== undefined).length
  return known(',') > known(';') ? ',' : ';'
}

function columnsOf<Field extends string>({ line, cells }: Line, columns: readonly Column<Field>[]) {
  const found: readonly Found<Field>[] = cells.map((header) => ({
    column: columnOf(columns, header),
    header: header.trim(),
  }))
  const faults: FileFault[] = []
  for (const { column, header } of found) {
    if (column === undefined || found.find((other) => other.column === column)?.header === header) continue
    const words = {
      nb: `To kolonner betyr det samme (${column.header.nb}). Fjern en av dem.`,
      en: `Two columns mean the same (${column.header.en}). Remove one of them.`,
    }
    faults.push({ line, field: header, words })
  }
  for (const wanted of columns.filter(({ required }) => required)) {
    if (found.some(({ column }) => column === wanted)) continue
    const words = {
      nb: `Kolonnen «${wanted.header.nb}» mangler. Legg den til i overskriftslinjen.`,
      en: `The column “${wanted.header.en}” is missing. Add it to the header line.`,
    }
    faults.push({ line, field: wanted.header.en, words })
  }
  const ignored = found.flatMap(({ column, header }) =>
    column === undefined && header !== '' ? [header] : [],
  )
  return { found, ignored, faults }
}

function rowOf<Field extends string>(
  { line, cells }: Line,
  found: readonly Found<Field>[],
  faults: FileFault[],
): FileRow<Field> {
  const full = cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (full > found.length || cells.length < found.length)
    faults.push({
      line,
      field: '',
      words: {
        nb: `Linjen har ${cells.length} felt, og overskriften har ${found.length}. Sett " rundt felt med skilletegn i.`,
        en: `The line has ${cells.length} fields, and the header has ${found.length}. Put " around fields with separators in them.`,
      },
    })
  const says: { -readonly [Name in Field]?: Cell } = {}
  found.forEach(({ column, header }, index) => {
    if (column === undefined) return
    const value = meaningOf(column, (cells[index] ?? '').trim().normalize('NFC'))
    if (typeof value === 'object' && value !== null) faults.push({ line, field: header, words: value })
    else says[column.field] = value
  })
  return { line, says }
}

/** What a cell says, or what is wrong with it. */
function meaningOf<Field extends string>(column: Column<Field>, cell: string): Cell | Bilingual {
  if (cell === '') return column.required ? emptyCell : null
  return column.means === undefined ? cell : column.means(cell)
}

function emptyFile<Field extends string>(columns: readonly Column<Field>[]): Bilingual {
  const required = columns.filter((column) => column.required).map(({ header }) => header)
  return {
    nb: `Filen er tom. Den første linjen skal være overskrifter, for eksempel: ${required.map(({ nb }) => nb).join(';')}`,
    en: `The file is empty. Its first line must be headers, such as: ${required.map(({ en }) => en).join(';')}`,
  }
}

const emptyCell = { nb: 'Feltet er tomt. Fyll det ut.', en: 'The field is empty. Fill it in.' }
const notText = {
  nb: 'Filen har tegn som ikke er tekst. Lagre den som CSV i UTF-8, og velg den på nytt.',
  en: 'The file has characters that are not text. Save it as CSV in UTF-8 and choose it again.',
}
const badQuotes = {
  nb: 'Anførselstegnene på denne linjen går ikke opp. Sett " rundt hele feltet, og skriv " i teksten som "".',
  en: 'The quotation marks on this line do not add up. Put " around the whole field, and write " in its text as "".',
}
const tooLong = {
  nb: 'Linjen er altfor lang. Et anførselstegn mangler trolig på slutten av et felt.',
  en: 'The line is far too long. A quotation mark is probably missing at the end of a field.',
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n|\n|\r/).length
}
