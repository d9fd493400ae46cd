import { type Catalogue, type Clock, dateOf, type TimeZone } from '@hevd/core'
import {
  customerPlacements,
  customers,
  dataStores,
  hostFacilities,
  pciAttestations,
  subprocessors,
} from '@hevd/facts'
import type { Feeds } from '@hevd/feeds'
import { type Principal, RequestError } from '@hevd/http'
import type { Entry, Ledger } from '@hevd/ledger'
import type { Database, OrganisationTables, Tx } from '@hevd/postgres'
import type { ResidencyConfig } from './config.ts'

/** Parameters of a control as the policy has them now; null before it is adopted. */
export type ParametersOf = (
  tx: Tx,
  organisation: string,
  control: string,
) => Promise<{ readonly [name: string]: unknown } | null>

export type ResidencyContext = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Pick<Feeds, 'openRegister' | 'put' | 'remove' | 'read' | 'titles'>
  readonly ledger: Pick<Ledger, 'append'>
  readonly catalogue: Pick<Catalogue, 'controls' | 'tests'>
  readonly parametersOf: ParametersOf
  readonly logger: { warn(fields: object, message: string): void }
  readonly config: ResidencyConfig
}

/** Whose register is changed, and by whom: an account, or `service/<id>`. */
export type Act = { readonly organisation: string; readonly by: string }

export const register = {
  name: 'residency',
  title: { nb: 'Registeret over datalokasjon', en: 'The register of residency' },
  types: [customers, dataStores, customerPlacements, subprocessors, hostFacilities, pciAttestations].map(
    ({ name }) => name,
  ),
}

/**
 * Runs a change of the register, one at a time in an organisation. Facts, entries of the internal log and rows are written
 * together or not at all.
 */
export function changing<T>(
  { db, feeds }: Pick<ResidencyContext, 'db' | 'feeds'>,
  organisation: string,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction(organisation, async (tx) => {
    await feeds.openRegister(tx, organisation, register)
    return run(tx)
  })
}

/** Entries of one statement; an import writes one entry an item. */
const batch = 1000

export async function logged(
  { ledger }: Pick<ResidencyContext, 'ledger'>,
  tx: Tx,
  organisation: string,
  entries: readonly Entry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += batch)
    await ledger.append(tx, organisation, 'internal', entries.slice(from, from + batch))
}

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

export async function zoneOf(tx: Tx, organisation: string): Promise<TimeZone> {
  const { time_zone } = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return time_zone
}

/** The organisation's day. */
export async function today(
  { clock }: Pick<ResidencyContext, 'clock'>,
  tx: Tx,
  organisation: string,
): Promise<string> {
  return dateOf(clock.now(), await zoneOf(tx, organisation))
}
