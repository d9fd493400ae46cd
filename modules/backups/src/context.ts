import { type Clock, dateOf, type Json, type TimeZone } from '@hevd/core'
import { backupRecords, backupSources, drillRecords, recipientHolders } from '@hevd/facts'
import type { Feeds } from '@hevd/feeds'
import { type Principal, RequestError } from '@hevd/http'
import type { Ledger } from '@hevd/ledger'
import type { Database, OrganisationTables, Tx } from '@hevd/postgres'
import type { BackupsConfig } from './config.ts'

/** What everything in this module works with. */
export type BackupsContext = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Pick<Feeds, 'openRegister' | 'put' | 'read'>
  readonly ledger: Pick<Ledger, 'append'>
  /** Ids of the accounts that are administrators and not disabled. */
  readonly administrators: (organisation: string) => Promise<readonly string[]>
  /** What accounts are called, by their ids. */
  readonly names: (organisation: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly logger: { warn(fields: object, message: string): void }
  readonly config: BackupsConfig
}

/** Whose backups are acted on, and by which account. */
export type Act = { readonly organisation: string; readonly by: string }

export function actOf({
  principal,
  organisation,
}: {
  readonly principal: Principal | null
  readonly organisation: string
}): Act {
  if (principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return { organisation, by: principal.id }
}

export const register = {
  name: 'backups',
  title: { nb: 'Registeret over sikkerhetskopier', en: 'The register of backups' },
  types: [backupSources.name, backupRecords.name, drillRecords.name, recipientHolders.name],
}

/** Runs a change of the register, one at a time in an organisation. Rows, facts and entries are written together or not at all. */
export function changing<T>(
  { db, feeds }: Pick<BackupsContext, 'db' | 'feeds'>,
  organisation: string,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction(organisation, async (tx) => {
    await feeds.openRegister(tx, organisation, register)
    return run(tx)
  })
}

/** One entry of the internal log: ids and digests alone. */
export async function record(
  { ledger }: Pick<BackupsContext, 'ledger'>,
  tx: Tx,
  organisation: string,
  kind: string,
  body: { readonly [name: string]: Json },
): Promise<void> {
  await ledger.append(tx, organisation, 'internal', [{ kind, body }])
}

export async function zoneOf(tx: Tx, organisation: string): Promise<TimeZone> {
  const { time_zone: zone } = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return zone
}

/** The organisation's day. */
export async function today(
  { clock }: Pick<BackupsContext, 'clock'>,
  tx: Tx,
  organisation: string,
): Promise<string> {
  return dateOf(clock.now(), await zoneOf(tx, organisation))
}
