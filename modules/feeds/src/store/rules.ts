import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { RuleDigests } from '../domain/rules.ts'

/** The rules in force, which stay so until this transaction ends; undefined before the first were adopted. */
export async function holdRules(tx: Tx, organisation: string): Promise<RuleDigests | undefined> {
  const { rows } = await sql<{ digests: RuleDigests }>`
    select digests from feeds.rules where organisation = ${organisation} for key share`.execute(tx)
  return rows[0]?.digests
}

/** The rules in force, to be changed: waits for all who write facts, and they wait for this transaction. */
export async function lockRules(tx: Tx, organisation: string): Promise<RuleDigests> {
  await sql`
    insert into feeds.rules (organisation, digests) values (${organisation}, '{}') on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql<{ digests: RuleDigests }>`
    select digests from feeds.rules where organisation = ${organisation} for update`.execute(tx)
  return rows[0]?.digests ?? {}
}

export async function setRules(tx: Tx, organisation: string, digests: RuleDigests): Promise<void> {
  await sql`
    update feeds.rules set digests = ${JSON.stringify(digests)}::jsonb
    where organisation = ${organisation}`.execute(tx)
}
