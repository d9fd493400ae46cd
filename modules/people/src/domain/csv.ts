import type { Bilingual } from '@hevd/core'
import { CsvError, parse } from 'csv-parse/sync'
import { answers, fieldOf, headerFor, kinds, requiredFields } from './columns.ts'
import { decode } from './decode.ts'
import type { PersonField } from './person-rules.ts'

/** Where a file is wrong. `field` is the column's header as the file has it; empty for the line or file as a whole. */
export type FileFault = { readonly line: number; readonly field: string; readonly words: Bilingual }

/** One line of a file: what its columns say; a column that the file has not is not in `says`. */
export type FileRow = {
  readonly line: number
  readonly says: { readonly [Field in PersonField]?: string | boolean | null }
}

export type ReadFile = {
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly rows: readonly FileRow[]
  readonly faults: readonly FileFault[]
  readonly ignoredColumns: readonly string[]
  /** The header of each field, as the file has it. */
  readonly headers: ReadonlyMap<PersonField, string>
}

/**
 * Reads a file of people: a header line in Norwegian or English, semicolons or commas. Whatever is in it is text; no
 * cell is evaluated. Never throws for what a file holds.
 */
export function readCsv(file: string | Uint8Array, longest: number): ReadFile {
  const { text, encoding, lost } = decode(file)
  const none = { encoding, rows: [], ignoredColumns: [], headers: new Map<PersonField, string>() }
  const stop = (line: number, words: Bilingual): ReadFile => ({
    ...none,
    faults: [{ line, field: '', words }],
  })
  const bad = text.search(lost ? /[\0\ufffd]/ : /\0/)
  if (bad >= 0)
    return stop(lineAt(text, bad), {
      nb: 'Filen har tegn som ikke er tekst. Lagre den som CSV i UTF-8, og velg den på nytt.',
      en: 'The file has characters that are not text. Save it as CSV in UTF-8 and choose it again.',
    })
  const records = recordsOf(text)
  if ('fault' in records) return stop(records.line, records.fault)
  const [header, ...lines] = records.lines
  if (header === undefined)
    return stop(1, {
      nb: 'Filen er tom. Den første linjen skal være overskrifter, for eksempel: id;navn;type;startdato',
      en: 'The file is empty. Its first line must be headers, such as: id;name;kind;start date',
    })
  if (lines.length > longest)
    return stop(longest + 2, {
      nb: `Filen har ${lines.length} personer, og grensen er ${longest}. Del den i flere.`,
      en: `The file has ${lines.length} people, and the limit is ${longest}. Split it.`,
    })
  const { columns, ignored, faults: headerFaults } = columnsOf(header)
  const headers = new Map(
    columns.flatMap(({ field, header: name }) => (field === null ? [] : [[field, name]])),
  )
  if (headerFaults.length > 0) return { ...none, headers, faults: headerFaults }
  const faults: FileFault[] = []
  const rows = lines.map((line) => rowOf(line, columns, faults))
  return { encoding, rows, faults, ignoredColumns: ignored, headers }
}

type Line = { readonly line: number; readonly cells: readonly string[] }
type Column = { readonly field: PersonField | null; readonly header: string }

/** The records with the line each begins at. Empty lines are left out. */
function recordsOf(text: string): { lines: readonly Line[] } | { line: number; fault: Bilingual } {
  const hint = /^sep=([;,])\r?\n/i.exec(text)
  const body = hint === null ? text : text.slice(hint[0].length)
  const before = hint === null ? 0 : 1
  let next = 1 + before
  const lines: Line[] = []
  try {
    parse(body, {
      delimiter: hint?.[1] ?? delimiterOf(body),
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
const badQuotes = {
  nb: 'Anførselstegnene på denne linjen går ikke opp. Sett " rundt hele feltet, og skriv " i teksten som "".',
  en: 'The quotation marks on this line do not add up. Put " around the whole field, and write " in its text as "".',
}
const tooLong = {
  nb: 'Linjen er altfor lang. Et anførselstegn mangler trolig på slutten av et felt.',
  en: 'The line is far too long. A quotation mark is probably missing at the end of a field.',
}

/** The mark that parts the header into the most columns we know; a semicolon where that does not tell. */
function delimiterOf(text: string): ';' | ',' {
  const [first = ''] = text.trimStart().split(/\r\n|\n|\r/, 1)
  const known = (mark: string) =>
    first.split(mark).filter((cell) => fieldOf(cell.replaceAll('"', '')) !== null).length
  return known(',') > known(';') ? ',' : ';'
}

function columnsOf({ line, cells }: Line) {
  const columns: readonly Column[] = cells.map((header) => ({
    field: fieldOf(header),
    header: header.trim(),
  }))
  const faults: FileFault[] = []
  for (const { field, header } of columns) {
    if (field === null || columns.find((other) => other.field === field)?.header === header) continue
    const words = {
      nb: `To kolonner betyr det samme (${headerFor(field).nb}). Fjern en av dem.`,
      en: `Two columns mean the same (${headerFor(field).en}). Remove one of them.`,
    }
    faults.push({ line, field: header, words })
  }
  for (const field of requiredFields) {
    if (columns.some((column) => column.field === field)) continue
    const words = {
      nb: `Kolonnen «${headerFor(field).nb}» mangler. Legg den til i overskriftslinjen.`,
      en: `The column “${headerFor(field).en}” is missing. Add it to the header line.`,
    }
    faults.push({ line, field: headerFor(field).en, words })
  }
  const ignored = columns.flatMap(({ field, header }) => (field === null && header !== '' ? [header] : []))
  return { columns, ignored, faults }
}

function rowOf({ line, cells }: Line, columns: readonly Column[], faults: FileFault[]): FileRow {
  const full = cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (full > columns.length || cells.length < columns.length)
    faults.push({
      line,
      field: '',
      words: {
        nb: `Linjen har ${cells.length} felt, og overskriften har ${columns.length}. Sett " rundt felt med skilletegn i.`,
        en: `The line has ${cells.length} fields, and the header has ${columns.length}. Put " around fields with separators in them.`,
      },
    })
  const says: { -readonly [Field in PersonField]?: string | boolean | null } = {}
  columns.forEach(({ field, header }, index) => {
    if (field === null) return
    const cell = (cells[index] ?? '').trim().normalize('NFC')
    const value = meaningOf(field, cell)
    if (typeof value === 'object' && value !== null) faults.push({ line, field: header, words: value })
    else says[field] = value
  })
  return { line, says }
}

/** What a cell says, or what is wrong with it. */
function meaningOf(field: PersonField, cell: string): string | boolean | null | Bilingual {
  if (cell === '') return requiredFields.includes(field) ? empty : null
  if (field === 'kind') return kinds.get(cell.toLowerCase()) ?? wrongKind
  if (field === 'voluntary') return answers.get(cell.toLowerCase()) ?? wrongAnswer
  if (field === 'startsOn' || field === 'endsOn') return isoOf(cell)
  return cell
}

/** `d.m.yyyy` as ISO; anything else as it is, for the rules of a person to judge. */
function isoOf(cell: string): string {
  const parts = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell)
  if (parts === null) return cell
  const [, day = '', month = '', year = ''] = parts
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

const empty = { nb: 'Feltet er tomt. Fyll det ut.', en: 'The field is empty. Fill it in.' }
const wrongKind = {
  nb: 'Skriv «ansatt» eller «innleid».',
  en: 'Write “employee” or “contractor”.',
}
const wrongAnswer = {
  nb: 'Skriv «ja» eller «nei», eller la feltet stå tomt.',
  en: 'Write “yes” or “no”, or leave it empty.',
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n|\n|\r/).length
}
