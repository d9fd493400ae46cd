import { dateOf } from '@hevd/core'
import { type Erased, erasedWord, namePattern } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { grantFact, type RegisterDeps, register } from './register.ts'
import { eraseInGrants, grantsInForceOf, timeZone } from './store.ts'

type Deps = Pick<RegisterDeps, 'feeds' | 'clock'>

/** Ids of the grants that the person still has, and that must be ended before they can be erased. */
export async function accessStillHeld(
  { clock }: Deps,
  tx: Tx,
  organisation: string,
  person: string,
): Promise<string[]> {
  const today = dateOf(clock.now(), await timeZone(tx, organisation))
  return grantsInForceOf(tx, organisation, person, today)
}

/** Grants stay, since they happened; whom they were for, who approved them and why is taken out. */
export async function eraseAccess(
  { feeds }: Deps,
  tx: Tx,
  organisation: string,
  erased: Erased,
): Promise<void> {
  await feeds.openRegister(tx, organisation, register)
  const grants = await eraseInGrants(tx, organisation, erased.person, namePattern(erased), erasedWord)
  await feeds.put(tx, organisation, register.name, grants.map(grantFact))
}
