import type { Instant } from '@hevd/core'
import { at, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'
import type { Host } from '../contract.ts'

export type JoinTokenRow = {
  organisation: string
  id: string
  token_hash: Buffer
  host: string | null
  role: Host['role'] | null
  made_by: string
  made_at: Instant
  expires_at: Instant
  withdrawn_at: Instant | null
  used_at: Instant | null
  used_for: string | null
}
export type RevokedFor = 'administrator' | 'rejoined' | 'ended' | 'left'
export type CertificateRow = {
  organisation: string
  serial: string
  host: string
  agent: string
  fingerprint: Buffer
  key_hash: Buffer
  pem: string
  issued_at: Instant
  not_after: Instant
  used_at: Instant | null
  superseded_at: Instant | null
  revoked_at: Instant | null
  revoked_for: RevokedFor | null
  version: string | null
  run: string | null
  run_before: string | null
  crossings: number
  shared_at: Instant | null
}
type AuthorityRow = { organisation: string; key_hash: Buffer; made_at: Instant }
type Tables = {
  'hosts.join_token': JoinTokenRow
  'hosts.certificate': CertificateRow
  'hosts.authority': AuthorityRow
}
const tables = (tx: Tx) => tx.withTables<Tables>()

export async function authorityKeyHash(tx: Tx, organisation: string): Promise<Buffer | null> {
  const row = await tables(tx)
    .selectFrom('hosts.authority')
    .select('key_hash')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  return row?.key_hash ?? null
}

/** Of several servers that put one at the same time the first one's stays. */
export async function putAuthority(tx: Tx, row: AuthorityRow, takeOver: boolean): Promise<void> {
  const values = { ...row, made_at: at(row.made_at) }
  await tables(tx)
    .insertInto('hosts.authority')
    .values(values)
    .onConflict((conflict) =>
      takeOver
        ? conflict.column('organisation').doUpdateSet({ key_hash: values.key_hash, made_at: values.made_at })
        : conflict.doNothing(),
    )
    .execute()
}

export async function insertToken(
  tx: Tx,
  row: Omit<JoinTokenRow, 'withdrawn_at' | 'used_at' | 'used_for'>,
): Promise<void> {
  await tables(tx)
    .insertInto('hosts.join_token')
    .values({
      ...row,
      made_at: at(row.made_at),
      expires_at: at(row.expires_at),
      withdrawn_at: null,
      used_at: null,
      used_for: null,
    })
    .execute()
}

export function openTokens(tx: Tx, organisation: string, now: Instant): Promise<JoinTokenRow[]> {
  return tables(tx)
    .selectFrom('hosts.join_token')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('withdrawn_at', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at(now))
    .orderBy('made_at')
    .execute()
}

/** Whether a token that was not used is withdrawn by this. */
export async function withdrawToken(
  tx: Tx,
  organisation: string,
  id: string,
  now: Instant,
): Promise<boolean> {
  const result = await tables(tx)
    .updateTable('hosts.join_token')
    .set({ withdrawn_at: at(now) })
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The token, locked: of two that join by it at once the second sees it used. */
export function lockToken(tx: Tx, organisation: string, hash: Buffer): Promise<JoinTokenRow | undefined> {
  return tables(tx)
    .selectFrom('hosts.join_token')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('token_hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()
}

export async function markUsed(
  tx: Tx,
  { organisation, id }: JoinTokenRow,
  serial: string,
  now: Instant,
): Promise<void> {
  await tables(tx)
    .updateTable('hosts.join_token')
    .set({ used_at: at(now), used_for: serial })
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .execute()
}

export type NewCertificate = Pick<
  CertificateRow,
  | 'organisation'
  | 'serial'
  | 'host'
  | 'agent'
  | 'fingerprint'
  | 'key_hash'
  | 'pem'
  | 'issued_at'
  | 'not_after'
>

export async function insertCertificate(tx: Tx, row: NewCertificate): Promise<void> {
  await tables(tx)
    .insertInto('hosts.certificate')
    .values({
      ...row,
      issued_at: at(row.issued_at),
      not_after: at(row.not_after),
      used_at: null,
      superseded_at: null,
      revoked_at: null,
      revoked_for: null,
      version: null,
      run: null,
      run_before: null,
      crossings: 0,
      shared_at: null,
    })
    .execute()
}

export function certificateBySerial(
  tx: Tx,
  organisation: string,
  serial: string,
): Promise<CertificateRow | undefined> {
  return tables(tx)
    .selectFrom('hosts.certificate')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('serial', '=', serial)
    .executeTakeFirst()
}

export function certificateByFingerprint(
  tx: Tx,
  organisation: string,
  fingerprint: Buffer,
): Promise<CertificateRow | undefined> {
  return tables(tx)
    .selectFrom('hosts.certificate')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
}

export type CurrentCertificate = CertificateRow & {
  /** When this agent joined, and whether the host had joined before that. */
  joined_at: Instant
  joined_before: boolean
}

/** Of each host the certificate that counts: of those not revoked the newest in use, else the newest. */
export async function currentCertificates(tx: Tx, organisation: string): Promise<CurrentCertificate[]> {
  const { rows } = await sql<CurrentCertificate>`
    select distinct on (host) *
    from (
      select c.*, min(issued_at) over (partition by host, agent) as joined_at,
        min(issued_at) over (partition by host) < min(issued_at) over (partition by host, agent) as joined_before
      from hosts.certificate c where organisation = ${organisation}) each
    order by host, (revoked_at is null) desc, (used_at is not null) desc, issued_at desc`.execute(tx)
  return rows
}

/** Whether the host ever had another agent than this one. */
export async function hasJoined(tx: Tx, organisation: string, host: string, agent: string): Promise<boolean> {
  const found = await tables(tx)
    .selectFrom('hosts.certificate')
    .select('serial')
    .where('organisation', '=', organisation)
    .where('host', '=', host)
    .where('agent', '<>', agent)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Revokes all of a host that are not; what was revoked. */
export function revokeCertificates(
  tx: Tx,
  organisation: string,
  host: string,
  why: RevokedFor,
  now: Instant,
): Promise<Pick<CertificateRow, 'serial' | 'fingerprint'>[]> {
  return tables(tx)
    .updateTable('hosts.certificate')
    .set({ revoked_at: at(now), revoked_for: why })
    .where('organisation', '=', organisation)
    .where('host', '=', host)
    .where('revoked_at', 'is', null)
    .returning(['serial', 'fingerprint'])
    .execute()
}

/** What a request tells of a certificate: that it is in use, by which process, of which version. */
export async function noteUse(
  tx: Tx,
  { organisation, serial }: CertificateRow,
  use: Pick<CertificateRow, 'version' | 'run' | 'run_before' | 'crossings'> & {
    readonly used_at: Instant
    readonly shared_at: Instant | null
  },
): Promise<void> {
  await tables(tx)
    .updateTable('hosts.certificate')
    .set({
      ...use,
      used_at: at(use.used_at),
      shared_at: use.shared_at === null ? null : at(use.shared_at),
    })
    .where('organisation', '=', organisation)
    .where('serial', '=', serial)
    .execute()
}

/** The first use of a certificate ends those of the same agent that were issued before it. */
export async function supersedeOlder(
  tx: Tx,
  { organisation, agent, serial, issued_at }: CertificateRow,
  now: Instant,
): Promise<void> {
  await tables(tx)
    .updateTable('hosts.certificate')
    .set({ superseded_at: at(now) })
    .where('organisation', '=', organisation)
    .where('agent', '=', agent)
    .where('serial', '<>', serial)
    .where('issued_at', '<=', at(issued_at))
    .where('superseded_at', 'is', null)
    .execute()
}
