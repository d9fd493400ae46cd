import type { Clock } from '@hevd/core'
import { hosts as hostFacts, type ValueOf } from '@hevd/facts'
import type { Feeds, Record } from '@hevd/feeds'
import { type Database, type Tx, uuidv7 } from '@hevd/postgres'
import { revokeCertificates } from './agents/store.ts'
import type { ChangingHost, Host } from './contract.ts'
import { newToken, tokenHash } from './domain/token.ts'
import { HostsError } from './errors.ts'
import { deleteAgent, type HostRow, insertHost, lockHost, putAgent, updateHost } from './store.ts'

export type RegisterDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Feeds
  readonly record: Record
  /** Told, after the commit, which certificates (SHA-256) are refused from now on. */
  readonly revoked: (fingerprints: readonly Buffer[]) => void
}

export type Declaring = Pick<Host, 'id' | 'name' | 'role' | 'declaredBy'>

const register = {
  name: 'hosts',
  title: { nb: 'Registeret over verter', en: 'The register of hosts' },
  types: [hostFacts.name],
}

/** Declares a host; one that is declared already, also one that was ended, stays as it is. */
export async function declareHost(
  deps: Omit<RegisterDeps, 'revoked'>,
  organisation: string,
  host: Declaring,
): Promise<void> {
  await deps.db.transaction(organisation, (tx) => declareIn(deps, tx, organisation, host))
}

/** The same within a transaction; whether it was not declared before. */
export async function declareIn(
  { clock, feeds, record }: Pick<RegisterDeps, 'clock' | 'feeds' | 'record'>,
  tx: Tx,
  organisation: string,
  { id, name, role, declaredBy }: Declaring,
): Promise<boolean> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(id)) throw new HostsError('bad-host-id')
  await feeds.openRegister(tx, organisation, register)
  const row = { organisation, id, name, role, declared_by: declaredBy, declared_at: clock.now() }
  if (!(await insertHost(tx, row))) return false
  await feeds.put(tx, organisation, register.name, [factOf({ ...row, ended_at: null })])
  await record(tx, organisation, 'host-declared', { host: id, role, by: declaredBy })
  return true
}

/** A new token for the host's agent; the one before stops working with the commit. */
export function enrolAgent(
  deps: Omit<RegisterDeps, 'revoked'>,
  organisation: string,
  id: string,
): Promise<string> {
  const token = newToken()
  return deps.db.transaction(organisation, async (tx) => {
    const host = await declared(tx, organisation, id)
    if (host.ended_at !== null) throw new HostsError('host-ended')
    const now = deps.clock.now()
    const agent = uuidv7(now)
    await putAgent(tx, { organisation, host: id, id: agent, token_hash: tokenHash(token), enrolled_at: now })
    await deps.record(tx, organisation, 'agent-enrolled', { host: id, agent })
    return token
  })
}

/**
 * Renames a host, gives it another role, ends or reopens it. Ending takes its agent's token or certificates, ends its
 * feeds and records their facts as gone, in one transaction. A reopened host needs new ones.
 */
export async function changeHost(
  { db, clock, feeds, record, revoked }: RegisterDeps,
  organisation: string,
  id: string,
  change: ChangingHost,
  by: string,
): Promise<void> {
  const gone = await db.transaction(organisation, async (tx) => {
    const before = await declared(tx, organisation, id)
    const wasEnded = before.ended_at !== null
    const ends = change.ended ?? wasEnded
    if (wasEnded && ends) throw new HostsError('host-ended')
    const after = {
      ...before,
      name: change.name ?? before.name,
      role: change.role ?? before.role,
      ended_at: ends ? clock.now() : null,
    }
    await updateHost(tx, after)
    if (ends) {
      await deleteAgent(tx, organisation, id)
      await feeds.endHost(tx, organisation, id)
      await feeds.remove(tx, organisation, register.name, [{ type: hostFacts.name, key: id }])
      await record(tx, organisation, 'host-ended', { host: id, by })
      return revokeCertificates(tx, organisation, id, 'ended', clock.now())
    }
    if (wasEnded) {
      await feeds.reopenHost(tx, organisation, id)
      await record(tx, organisation, 'host-reopened', { host: id, by })
    }
    await feeds.put(tx, organisation, register.name, [factOf(after)])
    if (after.name !== before.name || after.role !== before.role)
      await record(tx, organisation, 'host-changed', { host: id, role: after.role, by })
    return []
  })
  revoked(gone.map(({ fingerprint }) => fingerprint))
}

async function declared(tx: Tx, organisation: string, id: string): Promise<HostRow> {
  const host = await lockHost(tx, organisation, id)
  if (host === undefined) throw new HostsError('no-such-host')
  return host
}

function factOf({ id, name, role, declared_by: declaredBy }: HostRow) {
  const value: ValueOf<typeof hostFacts> = { id, name, role, declaredBy }
  return { type: hostFacts.name, value }
}
