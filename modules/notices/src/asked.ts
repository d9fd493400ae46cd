import type { Instant } from '@hevd/core'
import type { Ask } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import type { Asked } from './contract.ts'
import { type AccountPrincipal, asksNow, type Ground } from './ground.ts'

/** What is asked of an account now, the most important first. */
export async function askedOf(
  ground: Ground,
  tx: Tx,
  organisation: string,
  account: AccountPrincipal,
): Promise<Asked> {
  const now = ground.clock.now()
  const asks = await asksNow(ground, tx, organisation)
  const own = asks.filter((ask) => ask.of(account)).sort((a, b) => byImportance(a, b, now))
  return { at: now, items: own.map(({ of: _of, urgent: _urgent, ...item }) => item) }
}

/** What is late or urgent, the longest first; then by deadline; then the rest. */
export function byImportance(a: Ask, b: Ask, now: Instant): number {
  const rank = (ask: Ask) =>
    ask.urgent || (ask.deadline !== null && ask.deadline <= now) ? 0 : ask.deadline !== null ? 1 : 2
  const moment = (ask: Ask) => (rank(ask) === 1 ? ask.deadline : ask.since) ?? Infinity
  const [first, second] = [moment(a), moment(b)]
  return rank(a) - rank(b) || (first === second ? (a.id < b.id ? -1 : 1) : first - second)
}
