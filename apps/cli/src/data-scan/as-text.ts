import type { FindReport, OpenPlace, PlaceReport } from '@hevd/agent/data-scan'
import { type Bilingual, type Locale, languageTag, plural } from '@hevd/core'
import { gapInWords } from '@hevd/facts/sensitive'
import { detectorOf } from '@hevd/scan'
import { bytes } from '../bytes.ts'
import { mark, type Terminal, wrapped } from '../terminal.ts'
import type { ScannedPlace } from './scan.ts'

const words = {
  nb: {
    notScanned: 'ikke gjennomsøkt',
    looked: (looked: string, of: string | null) => (of === null ? looked : `${looked} av ${of}`),
    units: { rows: 'rader', bytes: '' },
    objects: { rows: ['tabell', 'tabeller'], bytes: ['fil', 'filer'] },
    state: { whole: 'alt er sett på', sample: 'utvalg', partial: 'ikke alt er sett på' },
    open: (percent: string) =>
      `av det største som bare er sett i utvalg, kan høyst ${percent} ha funn (95 %)`,
    none: 'ingen funn i klartekst',
    of: (count: string, of: string) => `${count} av ${of}`,
    lines: (first: number, last: number) => (first === last ? `linje ${first}` : `linje ${first}–${last}`),
    low: 'kan være noe annet',
    encrypted: (columns: string) => `Kryptert av biblioteket: ${columns}.`,
    binary: (count: string) => `Binære verdier som ikke er sett inn i: ${count}.`,
    gaps: (count: number) => `Ikke sett på (${count}):`,
    more: (count: number) => `… og ${count} til. Alle står i «--json».`,
    stopped: 'Stanset før slutten. Dette er det som ble sett.',
    sampled: 'Store tabeller og filer er sett i utvalg. Bruk --full for å se på alt.',
    progress: (object: string, at: number, count: number) => `${object} (${at} av ${count})`,
  },
  en: {
    notScanned: 'not scanned',
    looked: (looked: string, of: string | null) => (of === null ? looked : `${looked} of ${of}`),
    units: { rows: 'rows', bytes: '' },
    objects: { rows: ['table', 'tables'], bytes: ['file', 'files'] },
    state: { whole: 'all of it looked at', sample: 'a sample', partial: 'not all of it looked at' },
    open: (percent: string) =>
      `of the largest that was only sampled, at most ${percent} can hold a find (95 %)`,
    none: 'nothing found in plain text',
    of: (count: string, of: string) => `${count} of ${of}`,
    lines: (first: number, last: number) => (first === last ? `line ${first}` : `lines ${first}–${last}`),
    low: 'may be something else',
    encrypted: (columns: string) => `Encrypted by the library: ${columns}.`,
    binary: (count: string) => `Binary values that were not looked into: ${count}.`,
    gaps: (count: number) => `Not looked at (${count}):`,
    more: (count: number) => `… and ${count} more. “--json” has all of them.`,
    stopped: 'Stopped before its end. This is what was seen.',
    sampled: 'Large tables and files were sampled. Use --full to look at everything.',
    progress: (object: string, at: number, count: number) => `${object} (${at} of ${count})`,
  },
} as const

const shownGaps = 8

/** What `hevd data scan` prints for people, 80 columns wide at most. */
export function scanText(
  places: readonly ScannedPlace[],
  { full, stopped }: { readonly full: boolean; readonly stopped: boolean },
  locale: Locale,
  terminal: Pick<Terminal, 'columns' | 'colour'>,
): string[] {
  const width = Math.min(terminal.columns, 80)
  const lines = places.flatMap((place) => [...placeLines(place, locale, { ...terminal, columns: width }), ''])
  const sampled = !full && places.some(({ report }) => (report?.open ?? 0) > 0)
  return [
    ...lines,
    ...(stopped ? wrapped(words[locale].stopped, width, 0) : []),
    ...(sampled ? wrapped(words[locale].sampled, width, 0) : []),
  ]
}

function placeLines(
  { about, report }: ScannedPlace,
  locale: Locale,
  terminal: Pick<Terminal, 'columns' | 'colour'>,
): string[] {
  const said = words[locale]
  const [width, number] = [terminal.columns, numbersOf(locale)]
  if (report === null)
    return [
      ...marked('unknown', `${about.name} · ${said.notScanned}`, terminal),
      ...('why' in about ? wrapped(gapInWords({ what: about.name, why: about.why }, locale), width, 2) : []),
    ]
  const { state, looked, of, open, objects, ofObjects, finds, encryptedColumns, binaryValues, gaps } = report
  const judged = finds.some(({ confidence }) => confidence !== 'low')
  const amount = (value: number) => (about.unit === 'bytes' ? bytes(value, locale) : number(value))
  const [one, many] = said.objects[about.unit]
  const how = [
    `${said.looked(amount(looked), of === null || of === looked ? null : amount(of))} ${said.units[about.unit]}`.trim(),
    `${said.looked(number(objects), objects === ofObjects ? null : number(ofObjects))} ${plural(ofObjects, one, many)}`,
    said.state[state],
  ]
  return [
    ...marked(judged ? 'fails' : state === 'partial' ? 'unknown' : 'holds', about.name, terminal),
    ...wrapped(how.join(' · '), width, 2),
    ...(state === 'sample' && open > 0 ? wrapped(said.open(percent(open, locale)), width, 2) : []),
    ...(finds.length === 0 ? wrapped(said.none, width, 2) : findLines(report, locale, terminal)),
    ...(encryptedColumns.length === 0 ? [] : wrapped(said.encrypted(encryptedColumns.join(', ')), width, 2)),
    ...(binaryValues === 0 ? [] : wrapped(said.binary(number(binaryValues)), width, 2)),
    ...(gaps.length === 0 ? [] : [`  ${said.gaps(gaps.length)}`]),
    ...gaps.slice(0, shownGaps).flatMap((gap) => wrapped(gapInWords(gap, locale), width, 4)),
    ...(gaps.length > shownGaps ? wrapped(said.more(gaps.length - shownGaps), width, 4) : []),
  ]
}

const marked = (
  state: 'holds' | 'fails' | 'unknown',
  text: string,
  terminal: Pick<Terminal, 'columns' | 'colour'>,
) =>
  wrapped(text, terminal.columns, 2).map((line, at) =>
    at === 0 ? `${mark(state, terminal)} ${line.slice(2)}` : line,
  )

/** Each find as two lines at most: where, then what and how many. */
function findLines(
  { finds }: PlaceReport,
  locale: Locale,
  terminal: Pick<Terminal, 'columns' | 'colour'>,
): string[] {
  return [...finds]
    .sort((a, b) => rank(a) - rank(b) || (whereOf(a) < whereOf(b) ? -1 : 1))
    .flatMap((find) => {
      const what: Bilingual = detectorOf(find.detector).title
      const said = words[locale]
      const number = numbersOf(locale)
      const parts = [
        `${what[locale]}: ${said.of(number(find.count), number(find.of))}`,
        ...(find.lines === null ? [] : [said.lines(...find.lines)]),
        ...(find.confidence === 'low' ? [said.low] : []),
      ]
      return [
        ...wrapped(whereOf(find), terminal.columns, 4),
        ...wrapped(parts.join(' · '), terminal.columns, 6),
      ]
    })
}

const rank = ({ confidence }: FindReport) => (confidence === 'low' ? 1 : 0)
const whereOf = ({ object, column }: FindReport) => (column === null ? object : `${object}.${column}`)

/** The line of progress of one table or file. */
export function progressLine(
  place: Pick<OpenPlace, 'name' | 'unit'>,
  {
    object,
    at,
    count,
    looked,
    of,
  }: {
    readonly object: string
    readonly at: number
    readonly count: number
    readonly looked: number
    readonly of: number | null
  },
  locale: Locale,
): string {
  const said = words[locale]
  const amount = (value: number) => (place.unit === 'bytes' ? bytes(value, locale) : numbersOf(locale)(value))
  const seen = said.looked(amount(looked), of === null ? null : amount(of))
  return `${said.progress(object, at, count)} · ${seen} ${said.units[place.unit]}`.trim()
}

function numbersOf(locale: Locale): (value: number) => string {
  const format = new Intl.NumberFormat(languageTag[locale])
  return (value) => format.format(value)
}

function percent(share: number, locale: Locale): string {
  const style = { style: 'percent', maximumSignificantDigits: 2 } as const
  return new Intl.NumberFormat(languageTag[locale], style).format(share)
}
