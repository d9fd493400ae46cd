import type { Applicability, Frameworks, PolicyReading } from '@hevd/amendments/contract'
import type { Control } from '@hevd/core'
import type { PolicyView } from '@hevd/posture/contract'
import type { Amount } from './amount.ts'

const day = 86_400_000
const ingrid = '3f2a1c34-0000-4000-8000-000000000001'

/** Every control, two of them said not to apply; the review of one is overdue. */
export function applicabilityFixture(
  controls: readonly Control[],
  view: PolicyView,
  amount: Amount,
  now: number,
): Applicability {
  const states = new Map(view.sections.flatMap((section) => section.controls).map((each) => [each.id, each]))
  return controls.map((control, index) => {
    const shown = states.get(control.id)
    const outsideNow = amount !== 'none' && (index === 4 || index === 20)
    return {
      control: control.id,
      section: control.section,
      title: control.title,
      statement: control.statement,
      notApplicable: outsideNow
        ? {
            reason: 'Vi har ingen egne lokaler, og tar ikke imot besøk der systemene står.',
            reviewBy: index === 4 ? now + 200 * day : now - 12 * day,
            overdue: index !== 4,
          }
        : null,
      state: index === 4 && outsideNow ? 'not-applicable' : (shown?.state ?? 'unknown'),
      since: shown?.since ?? now,
      approvedBy: amount === 'none' ? 'catalogue' : ingrid,
      approvedAt: now - 40 * day,
      single: index % 7 === 0 && amount !== 'none',
      references: Object.fromEntries(Object.entries(control.references).map(([id, ids]) => [id, [...ids]])),
    }
  })
}

const frameworkNames = {
  'iso27001-2022-annex-a': 'ISO/IEC 27001:2022',
  'soc2-tsc-2017': 'SOC 2 TSC 2017',
  'nist-csf-2.0': 'NIST CSF 2.0',
  'pci-dss-4.0.1': 'PCI DSS 4.0.1',
} as const

/** Frameworks with the requirements that controls refer to, and some that none meets. */
export function frameworksFixture(controls: readonly Control[], amount: Amount): Frameworks {
  if (amount === 'none') return []
  return Object.entries(frameworkNames).map(([id, name]) => {
    const meeting = new Map<string, string[]>()
    for (const control of controls)
      for (const requirement of control.references[id] ?? [])
        meeting.set(requirement, [...(meeting.get(requirement) ?? []), control.id])
    const more = amount === 'much' ? 250 - meeting.size : 4
    const unmet = Array.from({ length: more }, (_, index) => `X.${Math.floor(index / 9) + 1}.${index % 9}`)
    const ids = [...meeting.keys(), ...unmet].sort(new Intl.Collator('en', { numeric: true }).compare)
    return { id, name, requirements: ids.map((each) => ({ id: each, controls: meeting.get(each) ?? [] })) }
  })
}

/** A page of the organisation's own, as the reader of policies understands it. */
export function readingFixture(controls: readonly Control[], amount: Amount): PolicyReading {
  const spoken = controls.slice(0, amount === 'none' ? 0 : amount === 'much' ? 44 : 6)
  const said = spoken.map((control, index) => {
    const text = control.statement.nb
    const parameter = control.parameters.find(({ type }) => type === 'duration')
    return {
      index,
      text,
      heading: index % 3 === 0 ? (control.title.nb ?? null) : (spoken[index - (index % 3)]?.title.nb ?? null),
      control: control.id,
      because: text.split(' ').slice(2, 4),
      others: controls.slice(index + 1, index + 3).map(({ id }) => id),
      parameters:
        parameter === undefined
          ? []
          : [
              {
                control: control.id,
                name: parameter.name,
                value: index % 4 === 3 ? parameter.default : 'P90D',
                words: 'nitti dager',
                inForce: parameter.default,
              },
            ],
    }
  })
  const untested = Array.from({ length: amount === 'much' ? 456 : 2 }, (_, index) => ({
    index: said.length + index,
    text: 'Vi er stolte av arbeidet vi gjør, og av menneskene som gjør det.',
    heading: 'Om oss',
    control: null,
    because: [],
    others: [],
    parameters: [],
  }))
  return {
    locale: 'nb',
    sentences: [...said, ...untested],
    unmentioned: controls.slice(spoken.length).map(({ id }) => id),
  }
}
