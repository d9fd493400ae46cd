import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Host } from './contract.ts'

export type HostRow = {
  organisation: string
  id: string
  name: string
  role: Host['role']
  declared_by: string
  declared_at: Instant
  ended_at: Instant | null
}
type AgentRow = { organisation: string; host: string; id: string; token_hash: Buffer; enrolled_at: Instant }
type Tables = { 'hosts.host': HostRow; 'hosts.agent': AgentRow }
const tables = (tx: Tx) => tx.withTables<Tables>()

/** False when a host of this id is there already. */
export async function insertHost(tx: Tx, row: Omit<HostRow, 'ended_at'>): Promise<boolean> {
  const result = await tables(tx)
    .insertInto('hosts.host')
    .values({ ...row, declared_at: at(row.declared_at), ended_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export function allHosts(tx: Tx, organisation: string): Promise<HostRow[]> {
  return tables(tx)
    .selectFrom('hosts.host')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** The host, locked: it changes, ends and gets a token one at a time. */
export function lockHost(tx: Tx, organisation: string, id: string): Promise<HostRow | undefined> {
  return tables(tx)
    .selectFrom('hosts.host')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function updateHost(tx: Tx, row: HostRow): Promise<void> {
  await tables(tx)
    .updateTable('hosts.host')
    .set({ name: row.name, role: row.role, ended_at: row.ended_at === null ? null : at(row.ended_at) })
    .where('organisation', '=', row.organisation)
    .where('id', '=', row.id)
    .execute()
}

/** The host's one token. */
export async function putAgent(tx: Tx, row: AgentRow): Promise<void> {
  await sql`
    insert into hosts.agent (organisation, host, id, token_hash, enrolled_at)
    values (${row.organisation}, ${row.host}, ${row.id}, ${row.token_hash}, ${at(row.enrolled_at)})
    on conflict (organisation, host) do update
      set id = excluded.id, token_hash = excluded.token_hash, enrolled_at = excluded.enrolled_at`.execute(tx)
}

/** Whether the host had a token. */
export async function deleteAgent(tx: Tx, organisation: string, host: string): Promise<boolean> {
  const result = await tables(tx)
    .deleteFrom('hosts.agent')
    .where('organisation', '=', organisation)
    .where('host', '=', host)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

export function agentByToken(
  tx: Tx,
  organisation: string,
  tokenHash: Buffer,
): Promise<Pick<AgentRow, 'id' | 'host'> | undefined> {
  return tables(tx)
    .selectFrom('hosts.agent')
    .select(['id', 'host'])
    .where('organisation', '=', organisation)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}
