import type { Locale } from '@hevd/core'
import type { PostureLeaf, TrustControl, TrustView } from '../contract.ts'
import { moment, parameterWords } from './formats.ts'

/** How a control stands to the outside; `withheld` where only its statement is public. */
export type ShownState = (typeof shownStates)[number]

/** Everything of a control that a reader sees, as the words stand on the page. Empty where nothing is said. */
export type ShownControl = {
  readonly id: string
  readonly sequence: number
  readonly title: string
  readonly statement: string
  readonly how: string
  /** `name=words`, in the order of their names. */
  readonly parameters: readonly string[]
  /** Shape of the mark. */
  readonly mark: string
  readonly state: string
  readonly since: string
  /** Why the control does not apply, as the organisation says it, and until when. */
  readonly because: string
  readonly reviewBy: string
  readonly validUntil: string
  readonly attested: string
  readonly counts: string
  readonly notice: string
  readonly history: readonly string[]
}

export type ShownPage = {
  readonly locale: Locale
  /** `id: shape: words` of each mark of the strip. */
  readonly strip: readonly string[]
  readonly summary: string
  readonly controls: readonly ShownControl[]
}

export const shownStates = ['holds', 'fails', 'unknown', 'excepted', 'not-applicable', 'withheld'] as const

export const stateWords = {
  holds: { nb: 'Overholdt', en: 'Upheld' },
  fails: { nb: 'Ikke overholdt', en: 'Not upheld' },
  unknown: { nb: 'Ukjent', en: 'Unknown' },
  excepted: { nb: 'Unntak', en: 'Exception' },
  'not-applicable': { nb: 'Gjelder ikke', en: 'Not applicable' },
  withheld: { nb: 'Status ikke publisert', en: 'Status not published' },
} as const

/** What the page of a view shows in a language. The page is rendered from this, and what it shows is held against it. */
export function shownPage(view: TrustView, locale: Locale): ShownPage {
  const controls = view.sections.flatMap((section) => section.controls)
  return {
    locale,
    strip: controls.map((control) => stripMark(control, locale)),
    summary: summary(controls, locale),
    controls: controls.map((control) => shownControl(control, locale, view.organisation.timeZone)),
  }
}

export function shownControl(control: TrustControl, locale: Locale, timeZone: string): ShownControl {
  const { leaf } = control
  const at = (instant: number) => moment(instant, locale, timeZone)
  return {
    id: control.id,
    sequence: leaf.sequence,
    title: control.title[locale],
    statement: control.statement[locale],
    how: control.how[locale],
    parameters: Object.entries(control.parameters)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${parameterWords(value, locale)}`),
    mark: shownState(leaf),
    state: stateWords[shownState(leaf)][locale],
    since:
      leaf.since === null ? '' : { nb: `siden ${at(leaf.since)}`, en: `since ${at(leaf.since)}` }[locale],
    because: control.notApplicable?.reason ?? '',
    reviewBy: reviewBy(control, locale, at),
    validUntil: {
      nb: `Publisert ${at(leaf.at)}, gjelder til ${at(leaf.validUntil)}`,
      en: `Published ${at(leaf.at)}, valid until ${at(leaf.validUntil)}`,
    }[locale],
    attested: attested(leaf, locale),
    counts: counts(leaf, locale),
    notice: notice(control, locale, at),
    history: control.history.map(({ leaf: past }) => beginning(past, locale, at)),
  }
}

export function shownState({ state }: Pick<PostureLeaf, 'state'>): ShownState {
  return state ?? 'withheld'
}

/** The worst of what is shown, as the tab's icon has it. */
export function worstShown(marks: readonly string[]): ShownState {
  const order = ['fails', 'unknown', 'excepted', 'withheld', 'holds', 'not-applicable'] as const
  return order.find((state) => marks.includes(state)) ?? 'unknown'
}

function stripMark({ id, title, leaf }: TrustControl, locale: Locale): string {
  const state = shownState(leaf)
  return `${id}: ${state}: ${title[locale]}: ${stateWords[state][locale]}`
}

/** `45 overholdt · 2 ikke overholdt · 1 ukjent`. */
function summary(controls: readonly TrustControl[], locale: Locale): string {
  return shownStates
    .map((state) => ({ state, count: controls.filter(({ leaf }) => shownState(leaf) === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${stateWords[state][locale].toLowerCase()}`)
    .join(' · ')
}

function attested(leaf: PostureLeaf, locale: Locale): string {
  if (!leaf.attested) return ''
  return {
    nb: 'Kjernen i dette er bekreftet med dokument, ikke observert.',
    en: 'The core of this is attested by a document, not observed.',
  }[locale]
}

function counts({ counts: tally }: PostureLeaf, locale: Locale): string {
  if (tally === null) return ''
  const { holds, fails, unknown, excepted } = tally
  const all = holds + fails + unknown
  if (all === 0) return { nb: 'Ingenting er målt ennå', en: 'Nothing is measured yet' }[locale]
  const parts = {
    nb: [
      `${holds} av ${all} i orden`,
      `${fails} ikke i orden`,
      `${excepted} av dem unntatt`,
      `${unknown} ukjent`,
    ],
    en: [
      `${holds} of ${all} in order`,
      `${fails} not in order`,
      `${excepted} of them excepted`,
      `${unknown} unknown`,
    ],
  }[locale]
  return parts.filter((_, at) => at === 0 || [holds, fails, excepted, unknown][at] !== 0).join(', ')
}

function reviewBy({ notApplicable }: TrustControl, locale: Locale, at: (instant: number) => string): string {
  if (!notApplicable) return ''
  return {
    nb: `Vurderes på nytt innen ${at(notApplicable.reviewBy)}`,
    en: `To be looked at again by ${at(notApplicable.reviewBy)}`,
  }[locale]
}

function notice({ withholding }: TrustControl, locale: Locale, at: (instant: number) => string): string {
  if (withholding === null) return ''
  return {
    nb: `Virksomheten har bestemt å vise mindre av denne kontrollen fra ${at(withholding.at)}.`,
    en: `The organisation has decided to show less of this control from ${at(withholding.at)}.`,
  }[locale]
}

function beginning({ state, since }: PostureLeaf, locale: Locale, at: (instant: number) => string): string {
  const word = stateWords[state ?? 'withheld'][locale]
  return since === null ? word : { nb: `${word} fra ${at(since)}`, en: `${word} from ${at(since)}` }[locale]
}
