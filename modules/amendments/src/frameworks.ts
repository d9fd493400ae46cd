import type { Catalogue } from '@hevd/core'
import { frameworks as lists } from '@hevd/policy'
import { csvLine, csvMark } from '@hevd/posture'
import type { Frameworks } from './contract.ts'

/** Each framework's requirements in its own order, with the controls that meet them; those that none meets too. */
export function matrix({ controls }: Catalogue): Frameworks {
  return lists.map(({ id, name, identifiers }) => {
    const met = new Map<string, string[]>(identifiers.map((identifier) => [identifier, []]))
    for (const control of controls.values())
      for (const identifier of control.references[id] ?? []) met.get(identifier)?.push(control.id)
    return {
      id,
      name,
      requirements: [...met].map(([requirement, by]) => ({ id: requirement, controls: by })),
    }
  })
}

/** The same as a file: one row for each requirement, its controls in one field. */
export function matrixCsv(frameworks: Frameworks, locale: 'nb' | 'en'): string {
  const head =
    locale === 'nb' ? ['Rammeverk', 'Krav', 'Kontroller'] : ['Framework', 'Requirement', 'Controls']
  const rows = frameworks.flatMap(({ name, requirements }) =>
    requirements.map(({ id, controls }) => csvLine([name, id, controls.join(' ')])),
  )
  return [csvMark + csvLine(head), ...rows].join('')
}
