import { check, each, fails, holds, none } from '@hevd/core'
import { accountOwners, people } from '@hevd/facts'

const everybody = each(people, {
  title: { nb: 'Folk', en: 'People' },
  source: { nb: 'Registeret', en: 'The register' },
  reconciledWith: null,
  noneIsFine: true,
})

/** Something is due thirty days after the start: what an obligation comes down to for the engine. */
export const dueAfterStart = check('bench/due-after-start', {
  of: everybody,
  reads: (person) => ({ done: accountOwners.ofAccount(`course/${person.id}`) }),
  judge: (person, { done }, _parameters, moment) =>
    done.facts.length === 0 && moment.elapsed(Date.parse(person.startsOn), 'P30D')
      ? fails('not-done')
      : holds(),
})

/** Nobody has an account that is marked as wrong. */
export const noWrongAccount = check('bench/no-wrong-account', {
  of: everybody,
  reads: (person) => ({ owners: accountOwners.ofOwner(`person/${person.id}`) }),
  judge: (_person, { owners }) =>
    none(
      owners,
      (owner) => owner.account.endsWith('/wrong'),
      (wrong) => fails('wrong-account', { accounts: wrong.map(({ account }) => account) }),
    ),
})
