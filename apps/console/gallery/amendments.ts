import type {
  DraftControl,
  DraftDetail,
  DraftSummary,
  FieldDifference,
  PromiseText,
  Trial,
  WordsDifference,
} from '@hevd/amendments/contract'
import type { Catalogue, Control } from '@hevd/core'
import type { PolicyView } from '@hevd/posture/contract'
import type { Amount } from './amount.ts'
import { findingAt } from './findings.ts'
import { applicabilityFixture, frameworksFixture, readingFixture } from './whole-policy.ts'

const hour = 3_600_000
const day = 24 * hour
const ingrid = '3f2a1c34-0000-4000-8000-000000000001'
const olav = '3f2a1c34-0000-4000-8000-000000000010'

/** Ids of the drafts that pages of the gallery show. */
export const draftIds = {
  open: '01990000-0000-7000-8000-00000000000a',
  waiting: '01990000-0000-7000-8000-00000000000b',
  catalogue: '01990000-0000-7000-8000-00000000000c',
} as const

/** Drafts, what they change, and what else is asked of the policy as a text; made up from the real catalogue. */
export function amendmentsFixture(catalogue: Catalogue, view: PolicyView, amount: Amount, now: number) {
  const controls = [...catalogue.controls.values()]
  const details = detailsOf(controls, amount, now)
  return {
    drafts: amount === 'none' ? [] : [...details, ...ended(controls, amount, now)].map(summaryOf),
    draft: (id: string): DraftDetail | null => details.find((each) => each.id === id) ?? null,
    trial: trialFixture(controls, amount, now),
    applicability: applicabilityFixture(controls, view, amount, now),
    frameworks: frameworksFixture(controls, amount),
    reading: readingFixture(controls, amount),
    imported: {
      draft: null,
      faults: [
        {
          path: 'controls.patched.parameters.securityWithin',
          words: {
            nb: '«14 dager» er ikke en varighet. Skriv den i ISO 8601, som P14D.',
            en: '“14 days” is no duration. Write it in ISO 8601, such as P14D.',
          },
        },
        {
          path: 'controls.patchd',
          words: {
            nb: 'Kontrollen finnes ikke i policyen. Se etter skrivefeil.',
            en: 'There is no such control in the policy. Look for a slip of the pen.',
          },
        },
      ],
    },
  }
}

function textOf({ title, statement, how, parameters }: Control): PromiseText {
  return {
    title,
    statement,
    how,
    parameters: Object.fromEntries(parameters.map(({ name, default: value }) => [name, value])),
    notApplicable: null,
  }
}

/** What differs between the words that begin and end alike. */
function wordsBetween(before: string, after: string): WordsDifference {
  const [old, fresh] = [before.split(/(?<= )/), after.split(/(?<= )/)]
  let start = 0
  while (start < old.length && old[start] === fresh[start]) start++
  let end = 0
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end))
    end++
  const pieces = [
    { kind: 'same', text: old.slice(0, start).join('') },
    { kind: 'removed', text: old.slice(start, old.length - end).join('') },
    { kind: 'added', text: fresh.slice(start, fresh.length - end).join('') },
    { kind: 'same', text: old.slice(old.length - end).join('') },
  ] as const
  return pieces.filter(({ text }) => text !== '')
}

function worded(field: 'title' | 'statement', before: PromiseText, after: PromiseText): FieldDifference {
  return {
    field,
    nb: wordsBetween(before[field].nb, after[field].nb),
    en: wordsBetween(before[field].en, after[field].en),
  }
}

/** A control whose statement gets one more sentence, in Norwegian alone where `half`. */
function rewritten(control: Control, half: boolean): DraftControl {
  const inForce = textOf(control)
  const statement = {
    nb: `${inForce.statement.nb} Avvik meldes til ledelsen samme dag.`,
    en: half
      ? inForce.statement.en
      : `${inForce.statement.en} Deviations are told to management the same day.`,
  }
  const [parameter] = control.parameters
  const differences: FieldDifference[] = [worded('statement', inForce, { ...inForce, statement })]
  if (parameter !== undefined)
    differences.push({
      field: 'parameter',
      name: parameter.name,
      title: parameter.title,
      type: parameter.type,
      before: parameter.default,
      after: parameter.type === 'duration' ? 'PT2H' : parameter.default,
    })
  return {
    control: control.id,
    title: control.title,
    change: { statement, ...(parameter && { parameters: { [parameter.name]: 'PT2H' } }) },
    inForce,
    differences,
    faults: half
      ? [
          {
            field: 'statement',
            words: {
              nb: 'Løftet er endret på norsk alene. Endre det engelske også, eller si at betydningen er den samme.',
              en: 'The promise has changed in Norwegian alone. Change the English too, or say that the meaning is the same.',
            },
          },
        ]
      : [],
    overtaken: null,
    catalogue: null,
  }
}

function outside(control: Control, now: number): DraftControl {
  const after = {
    reason: 'Vi har ingen egne lokaler: alle arbeider hjemmefra, og serverne står hos en leverandør.',
    reviewBy: now + 360 * day,
  }
  return {
    control: control.id,
    title: control.title,
    change: { notApplicable: after },
    inForce: textOf(control),
    differences: [{ field: 'applicability', before: null, after }],
    faults: [],
    overtaken: null,
    catalogue: null,
  }
}

function overtaken(control: Control): DraftControl {
  const changed = rewritten(control, false)
  const { inForce } = changed
  return {
    ...changed,
    overtaken: {
      ...inForce,
      statement: {
        nb: `${inForce.statement.nb} Hvert kvartal.`,
        en: `${inForce.statement.en} Every quarter.`,
      },
    },
  }
}

function fromCatalogue(control: Control): DraftControl {
  const inForce = textOf(control)
  const after: PromiseText = {
    ...inForce,
    title: { nb: `${inForce.title.nb} og etterprøving`, en: `${inForce.title.en} and verification` },
    parameters: Object.fromEntries(
      control.parameters.map(({ name, type, default: value }) => [name, type === 'duration' ? 'P7D' : value]),
    ),
  }
  return {
    control: control.id,
    title: control.title,
    change: { title: after.title },
    inForce,
    differences: [worded('title', inForce, after)],
    faults: [],
    overtaken: null,
    catalogue: { before: inForce, after },
  }
}

function detailsOf(controls: readonly Control[], amount: Amount, now: number): DraftDetail[] {
  const at = (id: string) => controls.filter((control) => control.id === id)
  const many = controls.slice(0, amount === 'much' ? 14 : 0)
  const open = [
    ...at('access-removed-at-termination').map((control) => rewritten(control, true)),
    ...at('visitors-escorted').map((control) => outside(control, now)),
    ...many.map((control, index) => (index === 2 ? overtaken(control) : rewritten(control, false))),
  ]
  const base = {
    madeBy: ingrid,
    madeAt: now - 3 * day,
    editors: [ingrid],
    submittedBy: null,
    submittedAt: null,
    decidedBy: null,
    decidedAt: null,
    single: false,
    remark: null,
    version: 4,
    mayApprove: false,
    mayNotApproveBecause: null,
  }
  const drafts: readonly (Omit<DraftDetail, 'controls'> & { readonly changes: DraftControl[] })[] = [
    {
      ...base,
      id: draftIds.open,
      title: 'Revisjon 2026, kvartal 4',
      source: 'person',
      state: 'open',
      changes: amount === 'none' ? [] : open,
    },
    {
      ...base,
      id: draftIds.waiting,
      title: 'Kortere frister',
      source: 'person',
      state: 'submitted',
      madeBy: olav,
      editors: [olav],
      submittedBy: olav,
      submittedAt: now - 5 * hour,
      mayApprove: true,
      changes: at('patched').map((control) => rewritten(control, false)),
    },
    {
      ...base,
      id: draftIds.catalogue,
      title: 'Hevd 0.2.0',
      source: 'catalogue',
      state: 'open',
      madeBy: null,
      editors: [],
      changes: [...at('patched'), ...at('firewalls-reviewed')].map(fromCatalogue),
    },
  ]
  return drafts.map((draft) => ({ ...draft, controls: draft.changes.map(({ control }) => control) }))
}

function summaryOf({ ...draft }: DraftDetail | DraftSummary): DraftSummary {
  return draft
}

function ended(controls: readonly Control[], amount: Amount, now: number): DraftSummary[] {
  const states = ['published', 'rejected', 'withdrawn'] as const
  return Array.from({ length: amount === 'much' ? 30 : 2 }, (_, index) => ({
    id: `01990000-0000-7000-8000-0000000001${String(index).padStart(2, '0')}`,
    title: index === 0 ? 'Gjennomgang av hele policyen før revisjonen i høst' : `Endring ${index}`,
    source: index === 0 ? 'reading' : 'person',
    state: states[index % 3] ?? 'published',
    controls: controls.slice(0, index === 0 ? 21 : 1).map(({ id }) => id),
    madeBy: ingrid,
    madeAt: now - (index + 4) * 9 * day,
    editors: [ingrid],
    submittedBy: ingrid,
    submittedAt: now - (index + 4) * 8 * day,
    decidedBy: olav,
    decidedAt: now - (index + 4) * 7 * day,
    single: false,
    remark: index % 3 === 1 ? 'Fristen er kortere enn det vi klarer i helgene.' : null,
  }))
}

function trialFixture(controls: readonly Control[], amount: Amount, now: number): Trial {
  if (amount === 'none') return { at: now, judged: 0, left: 0, controls: [], flips: [] }
  const none = { holds: 0, fails: 0, unknown: 0, excepted: 0, outside: 0 }
  const touched = controls.filter(({ id }) => id === 'unique-accounts' || id === 'visitors-escorted')
  const flips = Array.from({ length: amount === 'much' ? 200 : 3 }, (_, index) => {
    const finding = findingAt(index, 'little', now)
    return {
      control: finding.control,
      test: finding.test,
      subject: { ...finding.subject, id: `${finding.subject.id}-${index}` },
      before: { state: 'holds' as const, why: null },
      after: { state: 'fails' as const, why: findingAt(0, 'little', now).why },
    }
  })
  return {
    at: now,
    judged: amount === 'much' ? 31_804 : 318,
    left: amount === 'much' ? 1_204 : 0,
    controls: touched.map(({ id, title }) =>
      id === 'unique-accounts'
        ? { control: id, title, before: 'holds', after: 'fails', becoming: { ...none, fails: flips.length } }
        : {
            control: id,
            title,
            before: 'unknown',
            after: 'not-applicable',
            becoming: { ...none, outside: 12 },
          },
    ),
    flips,
  }
}
