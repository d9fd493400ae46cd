import {
  type Duration,
  type Fails,
  fails,
  holds,
  type Judgement,
  type Locale,
  listed,
  type Moment,
  none,
  plural,
  type Reading,
  reason,
  unknown,
} from '@hevd/core'
import {
  gapInWords,
  type SensitiveKind,
  type scannedPlaces,
  type sensitiveFinds,
  type ValueOf,
} from '@hevd/facts'

type Place = ValueOf<typeof scannedPlaces>
type Find = ValueOf<typeof sensitiveFinds>

/** How a place may have been looked through. */
export type ScanDemands = {
  readonly scanEvery: Duration
  /** In thousandths. */
  readonly sampleLeavesOpen: number
}

/**
 * Whether a place is free of some kinds in plain text. One find that was seen fails, however little else was seen. It holds
 * only where the whole of it, or a sample that leaves little open, was looked at lately.
 */
export function freeOf(
  kinds: readonly SensitiveKind[],
  place: Place,
  finds: Reading<Find>,
  { scanEvery, sampleLeavesOpen }: ScanDemands,
  moment: Moment,
  isAllowed: (find: Find) => boolean = () => false,
): Judgement {
  const isWanted = (find: Find) =>
    kinds.includes(find.kind) && find.confidence !== 'low' && find.count > 0 && !isAllowed(find)
  const judged = none(finds, isWanted, foundIn)
  if (judged.verdict !== 'holds') return judged
  if (place.scannedAt === null) return unknown('never-scanned', gapsOf(place))
  if (moment.elapsed(place.scannedAt, scanEvery)) return unknown('scan-too-old', { at: place.scannedAt })
  if (place.state === 'partial' || place.state === 'not-scanned')
    return unknown('scan-partial', { ...gapsOf(place), count: place.gapCount })
  if (place.state === 'whole') return holds('scanned-whole', { looked: place.looked, unit: place.unit })
  const open = Math.ceil(place.open * 1000)
  if (open > sampleLeavesOpen) return unknown('sample-too-small', { open, allowed: sampleLeavesOpen })
  return holds('scanned-sample', { looked: place.looked, of: place.of, unit: place.unit, open })
}

const shown = 5

function foundIn(finds: readonly [Find, ...Find[]]): Fails {
  const worst = finds.toSorted((a, b) => b.count - a.count)
  return fails('found-in-plain-text', {
    where: worst
      .slice(0, shown)
      .map(({ object, column, count }) => `${object}${column === null ? '' : `.${column}`} (${count})`),
    places: finds.length,
  })
}

/** What was not looked at, and why of each. */
type Gaps = { what: readonly string[]; why: readonly string[] }

const gapsOf = ({ gaps }: Place): Gaps => ({
  what: gaps.map(({ what }) => what),
  why: gaps.map(({ why }) => why),
})

const told = ({ what, why }: Gaps, locale: Locale): string =>
  what.length === 0
    ? ''
    : `: ${what.map((one, at) => gapInWords({ what: one, why: why[at] ?? '' }, locale)).join('; ')}`

const share = (thousandths: number) => `${thousandths / 10} %`
const amount = (locale: 'nb' | 'en', value: number, unit: string): string => {
  const number = new Intl.NumberFormat(locale === 'nb' ? 'nb-NO' : 'en-GB').format(value)
  return unit === 'bytes'
    ? `${number} byte${locale === 'en' ? 's' : ''}`
    : `${number} ${{ nb: 'rader', en: 'rows' }[locale]}`
}

/** Words of {@link freeOf}. */
export const scanReasons = {
  'found-in-plain-text': reason<{ where: readonly string[]; places: number }>({
    nb: ({ where, places }) =>
      `Funnet i klartekst: ${listed('nb', where)}${places > where.length ? ` og ${places - where.length} ${plural(places - where.length, 'sted', 'steder')} til` : ''}. Krypter feltene, eller slett det som ikke skal ligge der.`,
    en: ({ where, places }) =>
      `Found in plain text: ${listed('en', where)}${places > where.length ? ` and ${places - where.length} more ${plural(places - where.length, 'place', 'places')}` : ''}. Encrypt the columns, or delete what should not lie there.`,
  }),
  'never-scanned': reason<Gaps>({
    nb: (gaps) => `Ikke gjennomsøkt${told(gaps, 'nb')}. Gi agenten lesetilgang, under «scan» i agent.json.`,
    en: (gaps) => `Not scanned${told(gaps, 'en')}. Give the agent read access, under “scan” in agent.json.`,
  }),
  'scan-too-old': reason<{ at: number }>({
    nb: ({ at }, { moment }) => `Sist gjennomsøkt ${moment(at)}, for lenge siden.`,
    en: ({ at }, { moment }) => `Last scanned on ${moment(at)}, too long ago.`,
  }),
  'scan-partial': reason<Gaps & { count: number }>({
    nb: ({ count, ...gaps }) =>
      count === 0
        ? 'Gjennomsøket er ikke ferdig.'
        : `Ikke alt lot seg søke i (${count} steder)${told(gaps, 'nb')}.`,
    en: ({ count, ...gaps }) =>
      count === 0
        ? 'The scan has not reached its end.'
        : `Not all of it could be scanned (${count} ${plural(count, 'place', 'places')})${told(gaps, 'en')}.`,
  }),
  'sample-too-small': reason<{ open: number; allowed: number }>({
    nb: ({ open, allowed }) =>
      `Utvalget lar opptil ${share(open)} av en tabell eller fil stå åpen; det tillates ${share(allowed)}. Kjør «hevd data scan --full».`,
    en: ({ open, allowed }) =>
      `The sample leaves up to ${share(open)} of a table or file open; ${share(allowed)} is allowed. Run “hevd data scan --full”.`,
  }),
  'scanned-whole': reason<{ looked: number; unit: string }>({
    nb: ({ looked, unit }) => `Ingen funn; alt er sett på (${amount('nb', looked, unit)}).`,
    en: ({ looked, unit }) => `Nothing found; all of it was looked at (${amount('en', looked, unit)}).`,
  }),
  'scanned-sample': reason<{ looked: number; of: number | null; unit: string; open: number }>({
    nb: ({ looked, of, unit, open }) =>
      `Ingen funn i et utvalg på ${amount('nb', looked, unit)}${of === null ? '' : ` av ${amount('nb', of, unit)}`}: i det største kan høyst ${share(open)} ha noe (95 %).`,
    en: ({ looked, of, unit, open }) =>
      `Nothing found in a sample of ${amount('en', looked, unit)}${of === null ? '' : ` of ${amount('en', of, unit)}`}: at most ${share(open)} of the largest can hold any (95 %).`,
  }),
}
