import {
  endOfDate,
  fails,
  holds,
  type Judgement,
  type Moment,
  type Reading,
  reason,
  startOfDate,
  unseen,
} from '@hevd/core'
import type { accessGrants, ValueOf } from '@hevd/facts'

export type Grant = ValueOf<typeof accessGrants>
type Access = Grant['access']

/** What an account may do that must have been granted, as the grants' own words name it. */
export type Held = {
  /** What is shown of it: `superuser`, `pg_read_all_data`. */
  readonly name: string
  /** Whether a grant of this gives it. */
  covered(access: Access): boolean
}

/**
 * A grant in force covers everything that is held. What is not covered fails by what comes nearest: one that has run out
 * or was ended, one that has not begun, none at all.
 */
export function granted(held: readonly Held[], grants: Reading<Grant>, moment: Moment): Judgement {
  const values = grants.facts.map(({ value }) => value)
  const used = new Set<Grant>()
  const uncovered = held.filter((one) => {
    const inForce = values.filter(
      (grant) => one.covered(grant.access) && standing(grant, moment) === 'in-force',
    )
    for (const grant of inForce) used.add(grant)
    return inForce.length === 0
  })
  const [missing] = grants.unseen
  if (uncovered.length > 0) {
    if (missing !== undefined) return unseen(missing)
    return notCovered(uncovered, values, moment)
  }
  if (missing !== undefined) return unseen(missing)
  const all = [...used]
  if (all.some(({ holder }) => holder.kind === 'account')) return holds('granted-built-in')
  const single = all.find(({ singleApprover }) => singleApprover)
  if (single !== undefined) return holds('granted-single-approver', { grant: single.id })
  return holds('granted', { grants: all.map(({ id }) => id) })
}

type Standing = 'in-force' | 'over' | 'to-come'

/** How a grant stands: it counts until the end of its last day, and from the first instant of its first. */
export function standing({ from, until, endedAt }: Grant, moment: Moment): Standing {
  if (endedAt !== null && moment.passed(endedAt)) return 'over'
  if (until !== null && moment.passed(endOfDate(until, moment.zone))) return 'over'
  return moment.passed(startOfDate(from, moment.zone)) ? 'in-force' : 'to-come'
}

function notCovered(uncovered: readonly Held[], values: readonly Grant[], moment: Moment): Judgement {
  const names = uncovered.map(({ name }) => name)
  const about = values.filter(({ access }) => uncovered.some((one) => one.covered(access)))
  const over = about.find((grant) => standing(grant, moment) === 'over')
  const next = about.find((grant) => standing(grant, moment) === 'to-come')
  if (over !== undefined && next === undefined) return fails('grant-over', { held: names, grant: over.id })
  if (next !== undefined) return fails('grant-to-come', { held: names, grant: next.id, on: next.from })
  return fails('grant-missing', { held: names })
}

const list = (names: readonly string[]) => names.join(', ')

/** Words of what {@link granted} says. */
export const grantReasons = {
  'grant-missing': reason<{ held: readonly string[] }>({
    nb: ({ held }) =>
      `Eieren har tilgang som ikke er tildelt: ${list(held)}. Registrer en godkjent tildeling, eller ta tilgangen bort.`,
    en: ({ held }) =>
      `The owner has access that was not granted: ${list(held)}. Record an approved grant, or take the access away.`,
  }),
  'grant-over': reason<{ held: readonly string[]; grant: string }>({
    nb: ({ held, grant }) =>
      `Tildelingen ${grant} gjelder ikke lenger, men tilgangen er der fortsatt: ${list(held)}. Forny den, eller ta tilgangen bort.`,
    en: ({ held, grant }) =>
      `The grant ${grant} is no longer in force, but the access is still there: ${list(held)}. Renew it, or take the access away.`,
  }),
  'grant-to-come': reason<{ held: readonly string[]; grant: string; on: string }>({
    nb: ({ held, grant, on }, { date }) =>
      `Tildelingen ${grant} gjelder først fra ${date(on)}, men tilgangen er der allerede: ${list(held)}.`,
    en: ({ held, grant, on }, { date }) =>
      `The grant ${grant} is not in force until ${date(on)}, but the access is there already: ${list(held)}.`,
  }),
  granted: reason<{ grants: readonly string[] }>({
    nb: ({ grants }) => `Tildelt og godkjent (oppgitt): ${list(grants)}.`,
    en: ({ grants }) => `Granted and approved (declared): ${list(grants)}.`,
  }),
  'granted-single-approver': reason<{ grant: string }>({
    nb: ({ grant }) => `Tildelt, men godkjent av den samme som har tilgangen (${grant}).`,
    en: ({ grant }) => `Granted, but approved by the one who has the access (${grant}).`,
  }),
  'granted-built-in': reason({
    nb: () => 'Hevds egen rolle, tildelt ved installasjonen og ført opp i registeret over tilganger.',
    en: () => 'A role of Hevd’s own, granted at installation and listed in the register of access.',
  }),
}
