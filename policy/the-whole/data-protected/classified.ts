import { check, fails, holds, strings } from '@hevd/core'
import { dataRegister } from '../../populations.ts'

/** Every set of data has a class of the scheme, and a place. */
export const classified = check('data-protected/classified', {
  of: dataRegister,
  parameters: { classes: strings },
  reads: () => ({}),
  judge: (set, _readings, { classes }) => {
    if (set.class === null) return fails('data-without-class')
    if (!classes.includes(set.class)) return fails('data-class-unknown', { class: set.class, classes })
    return set.place === null ? fails('data-without-place') : holds()
  },
})
