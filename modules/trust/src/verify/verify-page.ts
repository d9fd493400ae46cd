import type { Bilingual, Instant } from '@hevd/core'
import { canonicalJson } from '@hevd/core/canonical'
import type { TrustView } from '../contract.ts'
import { checkControl } from './check-control.ts'
import { checkLog, type Head, type LogSource } from './check-log.ts'
import { type ControlFinding, type LogFinding, ofControl, ofLog } from './findings.ts'
import { type ShownPage, shownPage } from './shown.ts'
import { isTrustView } from './trust-view-shape.ts'
import { wholeOf } from './whole.ts'

export type Checking = {
  /** What the page shows, in each language that was read. */
  readonly pages: readonly ShownPage[]
  /** The answer of `GET /api/trust`, unread. */
  readonly view: unknown
  readonly log: LogSource
  /** The head that was seen at the last check from here; null at the first. */
  readonly remembered: Head | null
  /** Verifier key that is known from elsewhere; null to believe the first one seen. */
  readonly pinnedKey: string | null
  /** Verifier keys of witnesses whose cosignatures count. */
  readonly witnessKeys?: readonly string[]
  readonly now: Instant
}

export type TrustVerdict = {
  /** `proven`: all of it. `moved-on`: nothing is wrong, but the page must be loaded again. */
  readonly outcome: 'proven' | 'moved-on' | 'wrong'
  readonly whole: Bilingual
  readonly log: readonly LogFinding[]
  /** One a control, in the page's order; what is worst of several languages. */
  readonly controls: readonly ControlFinding[]
  /** Witnesses that cosigned the page's checkpoint, with the time in seconds since 1970. */
  readonly witnesses: readonly { readonly name: string; readonly at: number }[]
  /** To be remembered for the next check; null when it is not to be. */
  readonly head: Head | null
}

/** Checks a public page: the log, then every control as it is shown. */
export async function verifyPage(checking: Checking): Promise<TrustVerdict> {
  const { view, pages, remembered, pinnedKey, witnessKeys = [], now } = checking
  if (!isTrustView(view)) return verdict([ofLog('log-unreachable')], [], [], null)
  const { origin, verifierKey, checkpoint: note } = view
  const claim = { origin, verifierKey, checkpoint: note, remembered, pinnedKey, witnessKeys }
  const checked = await checkLog(claim, checking.log)
  const { checkpoint, finding, head } = checked
  if (checkpoint === null) return verdict([finding], [], [], null)
  const controls: ControlFinding[] = []
  for (const page of pages) controls.push(...(await checkPage(page, view, checkpoint, now)))
  const altered = pages.some((page) => !stripFits(page, view))
  const log =
    altered && !controls.some(({ code }) => code === 'moved-on')
      ? [ofLog('strip-altered'), finding]
      : [finding]
  const witnesses = (checked.note?.signers ?? []).flatMap(({ key, timestamp }) =>
    timestamp === null ? [] : [{ name: key.name, at: timestamp }],
  )
  return verdict(log, worstOfEach(controls), witnesses, head)
}

async function checkPage(
  page: ShownPage,
  view: TrustView,
  checkpoint: Parameters<typeof checkControl>[2]['checkpoint'],
  now: Instant,
): Promise<ControlFinding[]> {
  const { id: organisation, timeZone } = view.organisation
  const documents = new Map(view.sections.flatMap(({ controls }) => controls).map((one) => [one.id, one]))
  const proving = { checkpoint, organisation, timeZone, locale: page.locale, now }
  const findings: ControlFinding[] = []
  for (const shown of page.controls) {
    const document = documents.get(shown.id)
    const code = document === undefined ? 'no-proof' : await checkControl(shown, document, proving)
    findings.push(ofControl(shown.id, code))
  }
  const shownIds = new Set(page.controls.map(({ id }) => id))
  for (const id of documents.keys()) if (!shownIds.has(id)) findings.push(ofControl(id, 'not-shown'))
  return findings
}

/** Whether strip and summary are what the controls' leaves make them. */
function stripFits(page: ShownPage, view: TrustView): boolean {
  const { strip, summary } = shownPage(view, page.locale)
  return canonicalJson([page.strip, page.summary]) === canonicalJson([strip, summary])
}

/** Of a control's findings in several languages, the one that matters most. */
function worstOfEach(findings: readonly ControlFinding[]): readonly ControlFinding[] {
  const worst = new Map<string, ControlFinding>()
  for (const finding of findings) {
    const before = worst.get(finding.control)
    if (before === undefined || rank(finding) > rank(before)) worst.set(finding.control, finding)
  }
  return [...worst.values()]
}

function rank({ code }: ControlFinding): number {
  return code === 'proven' ? 0 : code === 'moved-on' ? 1 : 2
}

function verdict(
  log: readonly LogFinding[],
  controls: readonly ControlFinding[],
  witnesses: TrustVerdict['witnesses'],
  head: Head | null,
): TrustVerdict {
  const logIsFine = log.every(({ code }) => code === 'first-visit' || code === 'continues')
  const worst = Math.max(0, ...controls.map(rank))
  const outcome =
    !logIsFine || worst === 2 || controls.length === 0 ? 'wrong' : worst === 1 ? 'moved-on' : 'proven'
  return { outcome, whole: wholeOf(outcome, log, controls), log, controls, witnesses, head }
}
