import { type Clock, dateOf, type Json } from '@hevd/core'
import type { Feeds } from '@hevd/feeds'
import type { Principal } from '@hevd/http'
import type { Standing } from '@hevd/identity'
import type { Ledger } from '@hevd/ledger'
import type { People } from '@hevd/people'
import type { Database, Tx } from '@hevd/postgres'
import type { KeysConfig } from './config.ts'
import { KeysError } from './errors.ts'
import type { Sealing } from './seal/seal.ts'
import { timeZone } from './store/root.ts'

/** What everything in this module works with. */
export type KeysContext = {
  readonly db: Database
  readonly clock: Clock
  readonly feeds: Pick<Feeds, 'openRegister' | 'put' | 'remove' | 'read'>
  readonly ledger: Pick<Ledger, 'append'>
  readonly people: Pick<People, 'known'>
  /** These accounts, or every one, disabled ones too. */
  readonly standing: (tx: Tx, ids?: readonly string[]) => Promise<readonly Standing[]>
  readonly sealing: Sealing
  readonly logger: { warn(fields: object, message: string): void }
  readonly random: (bytes: number) => Buffer
  readonly version: string
  /** This process, among servers of one database. */
  readonly server: string
  readonly config: KeysConfig
}

/** Whose keys are acted on, and by which account. */
export type Act = { readonly organisation: string; readonly by: string }

/** The caller of a route of ours. Throws KeysError where it is no account, which no route lets in. */
export function actOf({
  principal,
  organisation,
}: {
  readonly principal: Principal | null
  readonly organisation: string
}): Act {
  if (principal?.kind !== 'account') throw new KeysError('no-such-holder')
  return { organisation, by: principal.id }
}

/** One entry of the internal log; ids alone, nothing of keys. */
export async function record(
  { ledger }: Pick<KeysContext, 'ledger'>,
  tx: Tx,
  organisation: string,
  kind: string,
  body: { readonly [name: string]: Json },
): Promise<void> {
  await ledger.append(tx, organisation, 'internal', [{ kind, body }])
}

/** Whether one account alone is administrator: it may then approve what it asked for itself. */
export async function isAlone(
  { standing }: Pick<KeysContext, 'standing'>,
  tx: Tx,
  account: string,
): Promise<boolean> {
  const administrators = (await standing(tx)).filter(
    ({ role, disabledAt }) => role === 'administrator' && disabledAt === null,
  )
  return administrators.length === 1 && administrators[0]?.id === account
}

/** The organisation's day. */
export async function today(
  { clock }: Pick<KeysContext, 'clock'>,
  tx: Tx,
  organisation: string,
): Promise<string> {
  return dateOf(clock.now(), await timeZone(tx, organisation))
}
