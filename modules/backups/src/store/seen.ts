import {
  backupLogs,
  backupPlans,
  backupRecipients,
  backupRuns,
  backups,
  namedServices,
  restoreDrills,
  type ValueOf,
} from '@hevd/facts'
import { factsOfTypes } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { sql } from 'kysely'

type Parsed<Value> = { readonly name: string; parse(raw: unknown): Value }

/** What agents say of a type now. */
async function said<Value>(tx: Tx, organisation: string, type: Parsed<Value>): Promise<readonly Value[]> {
  const { rows } = await sql<{ value: unknown }>`
    select said.value from ${factsOfTypes(organisation, [type.name])} as said order by said.key`.execute(tx)
  return rows.map(({ value }) => type.parse(value))
}

export const plansSeen = (tx: Tx, organisation: string) => said(tx, organisation, backupPlans)
export const runsSeen = (tx: Tx, organisation: string) => said(tx, organisation, backupRuns)
export const logsSeen = (tx: Tx, organisation: string) => said(tx, organisation, backupLogs)
export const recipientsSeen = (tx: Tx, organisation: string) => said(tx, organisation, backupRecipients)

/** Backups that agents see and that are not remembered, of plans whose source is. */
export async function backupsToRemember(
  tx: Tx,
  organisation: string,
): Promise<readonly ValueOf<typeof backups>[]> {
  const { rows } = await sql<{ value: unknown }>`
    select said.value from ${factsOfTypes(organisation, [backups.name])} as said
    join backups.source source on source.organisation = ${organisation} and source.id = said.value ->> 'plan'
    where not exists (select from backups.backup known
      where known.organisation = ${organisation} and known.id = said.key)
    order by said.key`.execute(tx)
  return rows.map(({ value }) => backups.parse(value))
}

/** Drills that agents tell of, that tell something of a backup, and that are not remembered; the oldest first. */
export async function drillsToRemember(
  tx: Tx,
  organisation: string,
): Promise<readonly ValueOf<typeof restoreDrills>[]> {
  const { rows } = await sql<{ value: unknown }>`
    select said.value from ${factsOfTypes(organisation, [restoreDrills.name])} as said
    where said.value ->> 'outcome' in ('passed', 'failed') and said.value ->> 'backup' is not null
      and not exists (select from backups.drill known
        where known.organisation = ${organisation} and known.id = said.key)
    order by said.value ->> 'endedAt', said.key`.execute(tx)
  return rows.map(({ value }) => restoreDrills.parse(value))
}

/** What lies in the repositories, summed up by plan. */
export type Lying = {
  readonly plan: string
  readonly backups: number
  readonly bytes: number
  readonly faulty: number
  readonly changed: number
  readonly lastAt: number | null
  readonly lastFullAt: number | null
}

export async function lyingSeen(tx: Tx, organisation: string): Promise<ReadonlyMap<string, Lying>> {
  const startedAt = sql`(said.value ->> 'startedAt')::float8`
  const isWhole = sql`said.value ->> 'missed' = '0'`
  const { rows } = await sql<Lying>`
    select said.value ->> 'plan' as plan, count(*) as backups, sum((said.value ->> 'bytes')::float8) as bytes,
      count(*) filter (where said.value ->> 'faultCount' <> '0') as faulty,
      count(*) filter (where known.digest <> said.value ->> 'digest') as changed,
      max(${startedAt}) filter (where ${isWhole}) as "lastAt",
      max(${startedAt}) filter (where ${isWhole} and said.value ->> 'kind' = 'full') as "lastFullAt"
    from ${factsOfTypes(organisation, [backups.name])} as said
    left join backups.backup known on known.organisation = ${organisation} and known.id = said.key
    group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.plan, row]))
}

/** Services of the register of people, by name. */
export async function servicesKnown(
  tx: Tx,
  organisation: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const services = await said(tx, organisation, namedServices)
  return services
    .map(({ id, name }) => ({ id, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'nb') || a.id.localeCompare(b.id, 'nb'))
}
