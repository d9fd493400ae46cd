import type { Instant } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { type Erased, namePattern, quotedIn, saysOf, scrubbed } from './domain/erased.ts'
import { putInto, removeFrom } from './registers.ts'
import { deletePast, mayNameInPast, mayNameInRegisters } from './store/erase.ts'
import type { TakeContext } from './take.ts'

/**
 * What registers of others still say of a person in words, such as whose a device is, is said without them. What an agent
 * says stays, since it is so.
 */
export async function eraseSaid(
  context: Pick<TakeContext, 'config' | 'vocabulary' | 'rules'>,
  tx: Tx,
  organisation: string,
  erased: Erased,
  now: Instant,
): Promise<void> {
  const pattern = namePattern(erased)
  if (pattern === null) return
  const says = saysOf(erased)
  for (const { feed, type, key, value } of await mayNameInRegisters(tx, organisation, pattern)) {
    const known = context.vocabulary.get(type)
    if (known === undefined || !says(type, value)) continue
    const register = feed.slice(feed.indexOf('/') + 1)
    const said = known.parse(scrubbed(value, erased, { ids: false }))
    if (known.key(said) !== key) await removeFrom(tx, organisation, register, [{ type, key }], now)
    await putInto(tx, organisation, register, [{ type, value: said }], context, now)
  }
}

/** Forgets every past version of a fact that names them. */
export async function erasePast(tx: Tx, organisation: string, erased: Erased): Promise<void> {
  const says = saysOf(erased)
  const past = await mayNameInPast(tx, organisation, namePattern(erased), quotedIn(erased))
  const theirs = past.filter(({ type, value }) => says(type, value)).map(({ id }) => id)
  await deletePast(tx, organisation, theirs)
}
