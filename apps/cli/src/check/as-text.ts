import { type Catalogue, type Locale, type Telling, type Verdict, worded } from '@hevd/core'
import { mark, type Terminal, wrapped } from '../terminal.ts'
import type { HostControl, HostFinding } from './judge-host.ts'

const words = {
  nb: {
    title: (host: string) => `Policyen på ${host}, slik den er nå`,
    verdict: { holds: 'overholdt', fails: 'ikke overholdt', unknown: 'ukjent' },
    counts: (holds: number, fails: number, unknown: number) =>
      `${holds} overholdt · ${fails} ikke · ${unknown} ukjent`,
    more: (count: number) => `… og ${count} til. Alle står i «hevd check --json».`,
    unproven: (count: number) => `${count} kontroller er ennå ikke bevist av noen test; de er ikke vist her.`,
  },
  en: {
    title: (host: string) => `The policy on ${host}, as it is now`,
    verdict: { holds: 'upheld', fails: 'not upheld', unknown: 'unknown' },
    counts: (holds: number, fails: number, unknown: number) =>
      `${holds} upheld · ${fails} not · ${unknown} unknown`,
    more: (count: number) => `… and ${count} more. “hevd check --json” has all of them.`,
    unproven: (count: number) => `${count} controls are not yet proven by any test; they are not shown here.`,
  },
} as const

const shown = 6

/** What `hevd check` prints for people: the strip, then each control that a test looks at, worst findings first. */
export function checkText(
  catalogue: Catalogue,
  host: string,
  controls: readonly HostControl[],
  locale: Locale,
  telling: Telling,
  terminal: Pick<Terminal, 'columns' | 'colour'>,
): string[] {
  const { title, counts, unproven } = words[locale]
  const byId = new Map(controls.map((each) => [each.control.id, each]))
  const strip = catalogue.sections
    .map(({ controls: inSection }) =>
      inSection.map(({ id }) => mark(byId.get(id)?.state ?? 'unknown', terminal)).join(''),
    )
    .join('  ')
  const tested = controls.filter(({ control }) => control.tests.length > 0)
  const count = (verdict: Verdict) => controls.filter((each) => each.verdict === verdict).length
  return [
    title(host),
    '',
    `  ${strip}`,
    `  ${counts(count('holds'), count('fails'), count('unknown'))}`,
    '',
    ...tested.flatMap((each) => [...controlLines(each, locale, telling, terminal), '']),
    ...wrapped(unproven(controls.length - tested.length), terminal.columns, 2),
  ]
}

function controlLines(
  { control, state, verdict, counts, findings, why }: HostControl,
  locale: Locale,
  telling: Telling,
  terminal: Pick<Terminal, 'columns' | 'colour'>,
): string[] {
  const { verdict: verdicts, counts: countsOf, more } = words[locale]
  const lines = [
    `${mark(state, terminal)} ${control.title[locale]} · ${verdicts[verdict]}`,
    `  ${control.id} · ${countsOf(counts.holds, counts.fails, counts.unknown)}`,
  ]
  const bad = [...grouped(findings, 'fails'), ...grouped(findings, 'unknown')]
  if (bad.length === 0 && why !== null)
    lines.push(...wrapped(worded(control.reasons, why, locale, telling), terminal.columns, 4))
  for (const { finding, names } of bad.slice(0, shown)) {
    const text = finding.why === null ? '' : worded(control.reasons, finding.why, locale, telling)
    lines.push(`    ${mark(finding.verdict, terminal)} ${names}`)
    lines.push(...wrapped(text, terminal.columns, 6))
  }
  if (bad.length > shown) lines.push(`    ${more(bad.length - shown)}`)
  return lines
}

/** Findings of a verdict, those with the very same reason joined, so that one cause is read once. */
function grouped(
  findings: readonly HostFinding[],
  verdict: Verdict,
): { readonly finding: HostFinding; readonly names: string }[] {
  const groups = new Map<string, HostFinding[]>()
  for (const finding of findings.filter((each) => each.verdict === verdict)) {
    const key = JSON.stringify([finding.test, finding.why])
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const others = rest.length === 0 ? '' : ` +${rest.length}`
    return [{ finding: first, names: `${first.subject.name}${others}` }]
  })
}
