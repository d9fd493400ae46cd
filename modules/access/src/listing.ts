import { dateOf, type Instant } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { ListedGrant } from './contract.ts'
import type { RegisterDeps } from './register.ts'
import { type Place, pageOfGrants, type StoredGrant, timeZone } from './store.ts'
import { type Around, around } from './surroundings.ts'

/** One page of the register, with names. */
export async function listGrants(
  deps: Pick<RegisterDeps, 'people' | 'administrators'>,
  tx: Tx,
  organisation: string,
  now: Instant,
  asked: {
    readonly q: string
    readonly show: 'current' | 'all'
    readonly after: Place | null
    readonly limit: number
  },
): Promise<{
  readonly items: readonly ListedGrant[]
  readonly last: Place | null
  readonly total: number
}> {
  const today = dateOf(now, await timeZone(tx, organisation))
  const { grants, last, total } = await pageOfGrants(tx, organisation, {
    q: asked.q,
    today: asked.show === 'current' ? today : null,
    after: asked.after,
    limit: asked.limit,
  })
  const world = await around(deps, tx, organisation, grants, null)
  return { items: grants.map((grant) => listed(grant, world, today)), last, total }
}

function listed(grant: StoredGrant, { known, places }: Around, today: string): ListedGrant {
  const { key: _key, reviews, ...rest } = grant
  const { holderKind, holder, kind, place, approvedBy, from, until, endedAt } = rest
  const name =
    holderKind === 'account'
      ? holder.slice(holder.lastIndexOf('/') + 1)
      : known.get(`${holderKind}/${holder}`)?.name
  return {
    ...rest,
    holderName: name ?? holder,
    placeName: places.nameOf(kind, place),
    approverName: approvedBy === null ? null : (known.get(`person/${approvedBy}`)?.name ?? approvedBy),
    reviewedAt: reviews.at(-1) ?? null,
    state:
      endedAt !== null || (until !== null && until < today) ? 'over' : from > today ? 'to-come' : 'in-force',
  }
}
