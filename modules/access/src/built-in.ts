import { dateOf } from '@hevd/core'
import { uuidv7 } from '@hevd/postgres'
import { changing, grantFact, logged, type RegisterDeps, register } from './register.ts'
import { allGrants, endGrant, putGrants, type StoredGrant, timeZone } from './store.ts'

/** A privileged role of the database that Hevd keeps for itself. */
export type OwnRole = {
  /** Id of the server, as facts name it. */
  readonly server: string
  readonly role: string
  readonly privilege: string
}

/**
 * Lists what Hevd's own roles are given, so that they stand among the others; idempotent. Those of another place, such as
 * a home that was moved, end by a record.
 */
export async function declareOwn(
  deps: Pick<RegisterDeps, 'db' | 'clock' | 'feeds' | 'ledger'>,
  organisation: string,
  roles: readonly OwnRole[],
): Promise<void> {
  await changing(deps, organisation, async (tx) => {
    const now = deps.clock.now()
    const today = dateOf(now, await timeZone(tx, organisation))
    const own = [...(await allGrants(tx, organisation)).values()].filter(
      ({ holderKind, endedAt }) => holderKind === 'account' && endedAt === null,
    )
    const wanted = roles.map((role) => builtIn(role, uuidv7(now), today))
    const missing = wanted.filter(({ id }) => !own.some((grant) => grant.id === id))
    const gone = own.filter(({ id }) => !wanted.some((grant) => grant.id === id))
    if (missing.length > 0) await putGrants(tx, organisation, missing, now)
    for (const { id } of gone) await endGrant(tx, organisation, id, now)
    const facts = [...missing, ...gone.map((grant) => ({ ...grant, endedAt: now }))].map(grantFact)
    if (facts.length > 0) await deps.feeds.put(tx, organisation, register.name, facts)
    await logged(deps, tx, organisation, [
      ...missing.map(({ key }) => ({ kind: 'access-built-in', body: { grant: key } })),
      ...gone.map(({ key }) => ({ kind: 'access-ended', body: { grant: key, by: 'hevd' } })),
    ])
  })
}

function builtIn({ server, role, privilege }: OwnRole, key: string, today: string) {
  const id = `hevd/${server}/${role}${privilege === 'superuser' ? '' : `/${privilege}`}`
  const grant: StoredGrant = {
    id,
    key,
    holderKind: 'account',
    holder: `${server}/${role}`,
    kind: 'postgres',
    place: server,
    privilege,
    need: 'Hevd',
    approvedBy: null,
    singleApprover: false,
    from: today,
    until: null,
    endedAt: null,
    reviews: [],
  }
  return { ...grant, search: `hevd ${role} ${server}`.toLowerCase() }
}
