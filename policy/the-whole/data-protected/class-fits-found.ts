import { check, fails, holds, outside, strings, unseen } from '@hevd/core'
import { dataSetPlaces, type SensitiveKind, sensitiveFinds } from '@hevd/facts'
import { dataRegister } from '../../populations.ts'

/** What no set of an open class holds; addresses and phone numbers may stand in a public one. */
const telling: readonly SensitiveKind[] = ['secret', 'card', 'national-id', 'bank-account', 'iban']

/**
 * What a scan found in a set's tables and files does not contradict its class. Of a set that nobody has said the place of, a
 * scan tells nothing; what has no class of the scheme is for `classified` to fail.
 */
export const classFitsFound = check('data-protected/class-fits-found', {
  of: dataRegister,
  parameters: { classes: strings, foundOnlyIn: strings },
  reads: ({ id }) => ({ places: dataSetPlaces.ofDataSet(id) }),
  follow: (_set, { places }) => ({
    finds: [...new Set(places.facts.map(({ value }) => value.place))].map((place) =>
      sensitiveFinds.ofPlace(place),
    ),
  }),
  judge: (set, { places, finds }, { classes, foundOnlyIn }) => {
    const kind = set.class
    if (kind === null || !classes.includes(kind) || places.facts.length === 0) return outside
    if (foundOnlyIn.includes(kind)) return holds('class-fits')
    const its = new Set(places.facts.map(({ value }) => `${value.place}/${value.object}`))
    const found = finds.facts.flatMap(({ value }) =>
      its.has(`${value.place}/${value.object}`) && value.confidence !== 'low' && telling.includes(value.kind)
        ? [value.kind]
        : [],
    )
    if (found.length > 0) return fails('class-too-low', { class: kind, found: [...new Set(found)] })
    const [missing] = [...places.unseen, ...finds.unseen]
    return missing === undefined ? holds('class-fits') : unseen(missing)
  },
})
