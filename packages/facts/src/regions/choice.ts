import type { Bilingual } from '@hevd/core'

/** What a customer may have chosen for their data: what the policy says of everybody, one area alone, or places by name. */
export const residencyChoices = ['policy', 'eu', 'europe', 'us', 'named'] as const
export type ResidencyChoice = (typeof residencyChoices)[number]

export const choiceWords: { readonly [C in ResidencyChoice]: Bilingual } = {
  policy: { nb: 'Som policyen sier', en: 'As the policy says' },
  eu: { nb: 'Bare EU', en: 'EU only' },
  europe: { nb: 'Bare Europa', en: 'Europe only' },
  us: { nb: 'Bare USA', en: 'US only' },
  named: { nb: 'Navngitte regioner', en: 'Named regions' },
}

/**
 * Areas and places in which a customer’s data may be.
 *
 * @param choice null where none is recorded @param named places by name @param otherwise where the policy lets data be
 */
export function allowedBy(
  choice: ResidencyChoice | null,
  named: readonly string[],
  otherwise: readonly string[],
): readonly string[] {
  if (choice === null || choice === 'policy') return otherwise
  return choice === 'named' ? named : [choice]
}
