import { milliseconds } from '@hevd/core'
import { uuidv7 } from '@hevd/postgres'
import type { JoinToken, MadeJoinToken, MakingJoinToken } from '../contract.ts'
import { newJoinToken } from '../domain/join-token.ts'
import { tokenHash } from '../domain/token.ts'
import { HostsError } from '../errors.ts'
import { lockHost } from '../store.ts'
import type { AgentsContext } from './context.ts'
import { insertToken, openTokens, withdrawToken } from './store.ts'

/**
 * A one-time token by which an agent joins as a declared host, or as a new one of a role; only its hash is kept. Throws
 * `agents-off`, `no-such-host` and `host-ended`.
 */
export function makeJoinToken(
  { db, clock, record, config, authority }: AgentsContext,
  organisation: string,
  making: MakingJoinToken,
  by: string,
): Promise<MadeJoinToken> {
  const token = newJoinToken(authority(organisation).keyHash)
  const now = clock.now()
  const id = uuidv7(now)
  const expiresAt = now + milliseconds(config.joinTokenLife)
  const host = 'host' in making ? making.host : null
  const role = 'role' in making ? making.role : null
  return db.transaction(organisation, async (tx) => {
    const declared = host === null ? undefined : await lockHost(tx, organisation, host)
    if (host !== null && declared === undefined) throw new HostsError('no-such-host')
    if (declared !== undefined && declared.ended_at !== null) throw new HostsError('host-ended')
    await insertToken(tx, {
      organisation,
      id,
      token_hash: tokenHash(token),
      host,
      role,
      made_by: by,
      made_at: now,
      expires_at: expiresAt,
    })
    await record(tx, organisation, 'join-token-made', { token: id, host, role, by })
    return { id, token, expiresAt }
  })
}

/** Tokens that an agent could still join by. */
export function listJoinTokens(
  { db, clock }: AgentsContext,
  organisation: string,
): Promise<readonly JoinToken[]> {
  return db.transaction(organisation, async (tx) =>
    (await openTokens(tx, organisation, clock.now())).map(
      ({ id, host, role, made_by: madeBy, made_at: madeAt, expires_at: expiresAt }) => ({
        id,
        host,
        role,
        madeBy,
        madeAt,
        expiresAt,
      }),
    ),
  )
}

/** Nobody joins by it from now on. Throws `no-such-token`. */
export function withdrawJoinToken(
  { db, clock, record }: AgentsContext,
  organisation: string,
  id: string,
  by: string,
): Promise<void> {
  return db.transaction(organisation, async (tx) => {
    if (!(await withdrawToken(tx, organisation, id, clock.now()))) throw new HostsError('no-such-token')
    await record(tx, organisation, 'join-token-withdrawn', { token: id, by })
  })
}
