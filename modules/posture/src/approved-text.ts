import { locales } from '@hevd/core'
import { approvedTexts } from '@hevd/facts'
import type { Edition } from './store/editions.ts'

/** The register in which the approved texts are facts. */
export const policyRegister = {
  name: 'policy',
  title: { nb: 'Godkjent policy', en: 'Approved policy' },
  types: [approvedTexts.name],
}

/** The fact that a text is the approved one. */
export function approvedText(edition: Omit<Edition, 'parameters_digest'>) {
  return {
    type: approvedTexts.name,
    value: {
      control: edition.control,
      digest: edition.policy_digest,
      locales: [...locales],
      approvedAt: edition.approved_at,
      reviewedAt: edition.reviewed_at,
    },
  }
}
