import {
  type Duration,
  type Fails,
  fails,
  type Holds,
  holds,
  type Reading,
  type Remains,
  within,
} from '@hevd/core'
import { accountOwners, type people, type ValueOf } from '@hevd/facts'

type Person = ValueOf<typeof people>

/** Due at the end of the last day and the time the policy gives; at once where the person does not leave by their own wish. */
export function endOfAccess({ endsOn, voluntary }: Person, regular: Duration, involuntary: Duration) {
  return endsOn === null ? null : within(voluntary === false ? involuntary : regular, endsOn)
}

/** The accounts that somebody declared to be the person's own; those of services go by their service. */
export function accountsOf({ id }: Person) {
  return { owned: accountOwners.ofOwner(`person/${id}`) }
}

export function declared({
  owned,
}: {
  readonly owned: Reading<ValueOf<typeof accountOwners>>
}): readonly string[] {
  return owned.facts.map(({ value }) => value.account)
}

export function accessAwaited(dueAt: number, count: number): Holds {
  return count === 0 ? holds() : holds('access-awaited', { by: dueAt, count })
}

export function accessRemains({ dueAt, things }: Remains): Fails {
  return fails('access-remains', { by: dueAt, accounts: things })
}
