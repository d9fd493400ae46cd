import { after, isCalendarDate } from '@hevd/core'
import { type Tx, uuidv7 } from '@hevd/postgres'
import { type Act, type KeysContext, record, today } from './context.ts'
import type { MadeToken, MakingToken, Token } from './contract.ts'
import { newToken, tokenHash } from './domain/token.ts'
import { KeysError } from './errors.ts'
import { holderName, type Names, namesIn } from './holders.ts'
import { raiseGeneration } from './store/root.ts'
import { allTokens, insertToken, revokeToken, type TokenRow, tokenById } from './store/tokens.ts'

const longestToken = 'P1Y'

/** A new token; told this once, its hash alone is kept. Throws `no-such-holder`, `not-valid-token`. */
export function makeToken(
  context: KeysContext,
  { organisation, by }: Act,
  { holder, until, sources = [] }: MakingToken,
): Promise<MadeToken> {
  const token = newToken()
  return context.db.transaction(organisation, async (tx) => {
    if ((await holderName(context, tx, organisation, holder)) === undefined)
      throw new KeysError('no-such-holder')
    const day = await today(context, tx, organisation)
    if (!isCalendarDate(until) || until < day || until > String(after(day, longestToken, 'UTC')))
      throw new KeysError('not-valid-token')
    const now = context.clock.now()
    const row = {
      ...{ id: uuidv7(now), holderKind: holder.kind, holder: holder.id, sources, until },
      ...{ madeBy: by, madeAt: now },
    }
    await insertToken(tx, organisation, { ...row, hash: tokenHash(token) })
    await record(context, tx, organisation, 'key-token-made', {
      ...{ token: row.id, holder: { ...holder }, sources: [...sources], until, by },
    })
    const [view] = await viewed(context, tx, organisation, [{ ...row, lastUsedAt: null, revokedAt: null }])
    if (view === undefined) throw new KeysError('no-such-token')
    return { ...view, token }
  })
}

/** It stops working at once. Throws `no-such-token`, also for a token of another where `own` says that one asks for one's own. */
export function revokeTokenBy(
  context: KeysContext,
  { organisation, by }: Act,
  id: string,
  own: boolean,
): Promise<void> {
  return context.db.transaction(organisation, async (tx) => {
    const token = await tokenById(tx, organisation, id)
    if (token === undefined || (own && !(token.holderKind === 'account' && token.holder === by)))
      throw new KeysError('no-such-token')
    if (token.revokedAt !== null) return
    await revokeToken(tx, organisation, id, context.clock.now())
    await raiseGeneration(tx, organisation)
    await record(context, tx, organisation, 'key-token-revoked', { token: id, by })
  })
}

export function listTokens(context: KeysContext, organisation: string): Promise<Token[]> {
  return context.db.transaction(organisation, async (tx) =>
    viewed(context, tx, organisation, await allTokens(tx, organisation)),
  )
}

async function viewed(
  context: KeysContext,
  tx: Tx,
  organisation: string,
  rows: readonly TokenRow[],
): Promise<Token[]> {
  const services = rows.filter(({ holderKind }) => holderKind === 'service').map(({ holder }) => holder)
  const names = await namesIn(context, tx, organisation, services)
  const day = await today(context, tx, organisation)
  return rows.map((row) => tokenView(row, names, day))
}

function tokenView(row: TokenRow, names: Names, day: string): Token {
  const { holderKind, holder, madeBy, ...rest } = row
  return {
    ...rest,
    sources: [...row.sources],
    holder: names.holder(holderKind, holder),
    madeBy: names.person(madeBy),
    state: row.revokedAt !== null ? 'revoked' : row.until < day ? 'over' : 'good',
  }
}
