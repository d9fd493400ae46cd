import type { Clock } from '@hevd/core'
import { accessGrants, type Said, type ValueOf } from '@hevd/facts'
import type { Feeds } from '@hevd/feeds'
import type { Entry, Ledger } from '@hevd/ledger'
import type { People } from '@hevd/people'
import type { Database, Tx } from '@hevd/postgres'
import type { AccessConfig } from './config.ts'
import type { StoredGrant } from './store.ts'

export type RegisterDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Pick<Feeds, 'openRegister' | 'put'>
  readonly ledger: Pick<Ledger, 'append'>
  readonly people: Pick<People, 'known'>
  /** Ids of the accounts that are administrators: where there is one alone, it may approve what is for itself. */
  readonly administrators: (organisation: string) => Promise<readonly string[]>
  readonly config: AccessConfig
}

/** Whose register is changed, and by whom. */
export type Act = { readonly organisation: string; readonly by: string }

export const register = {
  name: 'access',
  title: { nb: 'Registeret over tilganger', en: 'The register of access' },
  types: [accessGrants.name],
}

/**
 * Runs a change of the register, one at a time in an organisation: what it reads of the register is so until it has
 * committed. Facts, entries of the internal log and rows are written together or not at all.
 */
export function changing<T>(
  { db, feeds }: Pick<RegisterDeps, 'db' | 'feeds'>,
  organisation: string,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction(organisation, async (tx) => {
    await feeds.openRegister(tx, organisation, register)
    return run(tx)
  })
}

/** Entries of one statement; an import writes one entry a grant. */
const batch = 1000

export async function logged(
  { ledger }: Pick<RegisterDeps, 'ledger'>,
  tx: Tx,
  organisation: string,
  entries: readonly Entry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += batch)
    await ledger.append(tx, organisation, 'internal', entries.slice(from, from + batch))
}

export function grantFact(grant: StoredGrant): Said {
  const { id, holderKind, holder, need, approvedBy, singleApprover, from, until, reviews, endedAt } = grant
  const value: ValueOf<typeof accessGrants> = {
    id,
    holder: { kind: holderKind, id: holder },
    access: accessOf(grant),
    need,
    approvedBy,
    singleApprover,
    from,
    until,
    reviews: [...reviews],
    endedAt,
  }
  return { type: accessGrants.name, value }
}

function accessOf({ kind, place, privilege }: StoredGrant): ValueOf<typeof accessGrants>['access'] {
  if (kind === 'firewall') return { kind, host: place }
  return kind === 'postgres' ? { kind, server: place, privilege: privilege ?? '' } : { kind, system: place }
}
