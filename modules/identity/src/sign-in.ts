import { type Instant, milliseconds } from '@hevd/core'
import { type Database, isOutOfRoom } from '@hevd/postgres'
import type { IdentityConfig } from './config.ts'
import type { SignIn } from './contract.ts'
import { hashPassphrase, passphraseMatches } from './domain/passphrase.ts'
import { newToken, tokenHash } from './domain/token.ts'
import { IdentityError } from './errors.ts'
import {
  type AccountRow,
  accountByName,
  accountOfSession,
  clearFailedSignIns,
  countFailedSignIn,
  deleteExpired,
  failedSignIns,
  insertSession,
  touchSession,
} from './store.ts'

/** A session is marked as used at most this often, so that reading pages does not write. */
const touchEvery = 60_000

/**
 * Opens a session for a user name and passphrase and gives its token. Throws `wrong-credentials`, the same for an
 * unknown name and after the same work, `wait-before-trying`, or `auditing-over` to an auditor whose last day has passed.
 */
export async function signIn(
  db: Database,
  config: IdentityConfig,
  organisation: string,
  { userName, passphrase }: SignIn,
  now: Instant,
): Promise<{ readonly token: string; readonly account: AccountRow }> {
  const since = now - milliseconds(config.wait)
  const { account, failures } = await db.transaction(organisation, async (tx) => ({
    account: await accountByName(tx, userName),
    failures: await failedSignIns(tx, userName, since),
  }))
  if (failures >= config.attempts) throw new IdentityError('wait-before-trying')
  const matches = await passphraseMatches(passphrase, account?.passphrase_hash ?? (await nobody))
  if (account === undefined || !matches || account.disabled_at !== null) {
    await db.transaction(organisation, (tx) => countFailedSignIn(tx, organisation, userName, now, since))
    throw new IdentityError('wrong-credentials')
  }
  if (account.ends_at !== null && account.ends_at <= now) throw new IdentityError('auditing-over')
  const token = newToken()
  await db.transaction(organisation, async (tx) => {
    await clearFailedSignIns(tx, userName)
    await deleteExpired(tx, now, now - milliseconds(config.idle))
    await insertSession(tx, sessionRow(account, token, now, config))
  })
  return { token, account }
}

/** Work that a sign-in with an unknown name does, so that its time does not tell. */
const nobody = hashPassphrase(newToken())

/** A session of an account, no longer than an auditor's account itself. */
export function sessionRow(
  { organisation, id, ends_at }: Pick<AccountRow, 'organisation' | 'id' | 'ends_at'>,
  token: string,
  now: Instant,
  config: IdentityConfig,
) {
  return {
    organisation,
    token_hash: tokenHash(token),
    account: id,
    created_at: now,
    last_used_at: now,
    expires_at: Math.min(now + milliseconds(config.longest), ends_at ?? Infinity),
  }
}

/** On a full disk people still read; their sessions end by the last use that could be stored. */
function unlessOutOfRoom(error: unknown): void {
  if (!isOutOfRoom(error)) throw error
}

/** The account a session's token stands for; null when there is none, or no longer. */
export async function accountOf(
  db: Database,
  config: IdentityConfig,
  organisation: string,
  token: string,
  now: Instant,
): Promise<AccountRow | null> {
  const found = await db.transaction(organisation, (tx) =>
    accountOfSession(tx, tokenHash(token), now, now - milliseconds(config.idle)),
  )
  if (found === undefined) return null
  if (now - found.last_used_at > touchEvery)
    await db.transaction(organisation, (tx) => touchSession(tx, tokenHash(token), now)).catch(unlessOutOfRoom)
  return found
}
