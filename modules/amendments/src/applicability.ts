import { type Locale, toIso } from '@hevd/core'
import { csvLine, csvMark } from '@hevd/posture'
import type { Applicability } from './contract.ts'
import type { Context } from './deps.ts'

/** The statement of applicability: every control of the policy, whether it applies, and by whose word. */
export async function statementOfApplicability(
  { db, posture, catalogue, clock }: Context,
  organisation: string,
): Promise<Applicability> {
  const texts = await db.transaction(organisation, (tx) => posture.texts(tx, organisation))
  const standing = new Map((await posture.controls(organisation)).map((one) => [one.control, one]))
  const now = clock.now()
  return [...texts.values()].flatMap((text) => {
    const control = catalogue.controls.get(text.control)
    const stands = standing.get(text.control)
    if (control === undefined || stands === undefined) return []
    const { notApplicable } = text
    return [
      {
        control: control.id,
        section: control.section,
        title: text.title,
        statement: text.statement,
        notApplicable: notApplicable && { ...notApplicable, overdue: notApplicable.reviewBy <= now },
        state: stands.state,
        since: stands.since,
        approvedBy: text.approvedBy,
        approvedAt: text.approvedAt,
        single: text.single,
        references: Object.fromEntries(
          Object.entries(control.references).map(([framework, names]) => [framework, [...names]]),
        ),
      },
    ]
  })
}

const words = {
  nb: {
    head: [
      'Kontroll',
      'Tittel',
      'Løfte',
      'Gjelder',
      'Begrunnelse',
      'Vurderes på nytt innen',
      'Tilstand',
      'Godkjent av',
      'Godkjent',
      'Eneste godkjenner',
      'Krav',
    ],
    yes: 'ja',
    no: 'nei',
    catalogue: 'katalogen',
    states: {
      holds: 'overholdt',
      fails: 'ikke overholdt',
      unknown: 'ukjent',
      excepted: 'unntak',
      'not-applicable': 'gjelder ikke',
    },
  },
  en: {
    head: [
      'Control',
      'Title',
      'Statement',
      'Applies',
      'Reason',
      'To be looked at again by',
      'State',
      'Approved by',
      'Approved',
      'Single approver',
      'Requirements',
    ],
    yes: 'yes',
    no: 'no',
    catalogue: 'the catalogue',
    states: {
      holds: 'upheld',
      fails: 'not upheld',
      unknown: 'unknown',
      excepted: 'exception',
      'not-applicable': 'not applicable',
    },
  },
} as const

/**
 * The same as a file. `names` says who an account is. One whose review has passed applies again, and its reason stands
 * beside it.
 */
export function applicabilityCsv(
  rows: Applicability,
  locale: Locale,
  names: ReadonlyMap<string, string>,
): string {
  const said = words[locale]
  return [
    csvMark + csvLine(said.head),
    ...rows.map((row) =>
      csvLine([
        row.control,
        row.title[locale],
        row.statement[locale],
        row.state === 'not-applicable' ? said.no : said.yes,
        row.notApplicable?.reason ?? '',
        row.notApplicable === null ? '' : toIso(row.notApplicable.reviewBy),
        said.states[row.state],
        row.approvedBy === null ? said.catalogue : (names.get(row.approvedBy) ?? row.approvedBy),
        toIso(row.approvedAt),
        row.single ? said.yes : said.no,
        Object.entries(row.references)
          .flatMap(([framework, ids]) => ids.map((id) => `${framework} ${id}`))
          .join('; '),
      ]),
    ),
  ].join('')
}
