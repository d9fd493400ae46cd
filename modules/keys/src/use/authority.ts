import type { KeysContext } from '../context.ts'
import type { Operation } from '../contract.ts'
import { longestToken, tokenHash } from '../domain/token.ts'
import type { RootMemories } from '../root/memory.ts'
import { generationNow } from '../store/root.ts'
import { sharedReading } from './freshness.ts'
import { type Bearer, type LiveGrant, openSnapshot, type Snapshot } from './snapshot.ts'

/** Who may use what, as the database says it when a call comes in. */
export type Authority = {
  /**
   * What is so now: a snapshot whose generation was read after this call, so that what was revoked before it is refused, by
   * every server. Calls that come at the same time share that one reading.
   */
  now(organisation: string): Promise<Snapshot>
  /** Forgets what it remembers of an organisation, taken-up keys too. */
  forget(organisation: string): void
}

export function createAuthority(deps: {
  readonly context: KeysContext
  readonly memories: RootMemories
}): Authority {
  const { db } = deps.context
  const snapshots = new Map<string, Snapshot>()
  const readings = new Map<string, () => Promise<Snapshot>>()
  const read = async (organisation: string): Promise<Snapshot> => {
    const known = snapshots.get(organisation)
    const generation = await generationNow(db, organisation)
    if (known !== undefined && known.generation === generation) return known
    const fresh = await openSnapshot(deps, organisation)
    snapshots.set(organisation, fresh)
    return fresh
  }
  return {
    now(organisation) {
      let reading = readings.get(organisation)
      if (reading === undefined) {
        reading = sharedReading(() => read(organisation))
        readings.set(organisation, reading)
      }
      return reading()
    },
    forget: (organisation) => snapshots.delete(organisation),
  }
}

/** Whose token it is; null for none, one that is over, and one from an address it is not for. */
export async function bearerOf(
  snapshot: Snapshot,
  token: string | undefined,
  address: string,
  now: number,
): Promise<Bearer | null> {
  if (token === undefined || token === '' || token.length > longestToken) return null
  const bearer = await snapshot.bearer(tokenHash(token))
  return bearer !== null && now < bearer.until && bearer.isFrom(address) ? bearer : null
}

/** The grant by which a holder may do something with a key now: the evidence. Null where there is none. */
export async function grantFor(
  snapshot: Snapshot,
  { holder }: Bearer,
  key: string,
  operation: Operation,
  now: number,
): Promise<LiveGrant | null> {
  const grants = await snapshot.grants(holder, key)
  return (
    grants.find(({ operations, from, until }) => operations.has(operation) && from <= now && now < until) ??
    null
  )
}
