import { hash, randomBytes } from 'node:crypto'
import { after, endOfDate, isCalendarDate } from '@hevd/core'
import { namedServices } from '@hevd/facts'
import { type Tx, uuidv7 } from '@hevd/postgres'
import type { z } from 'zod'
import { type Act, logged, type ResidencyContext, today, zoneOf } from './context.ts'
import type { MadeToken, makingToken, Token } from './contract.ts'
import { ResidencyError } from './errors.ts'
import { allTokens, insertToken, revokeToken, type TokenRow, tokenByHash } from './store/tokens.ts'

const longestLife = 'P1Y'
/** Longest token that is looked at. */
const longest = 200

/** Who asks, by the token that was shown. */
export type Bearer = { readonly token: string; readonly service: string; readonly reports: boolean }

/** A new token for a named service; told this once, its hash alone is kept. Throws `no-such-service`, `not-valid-token`. */
export function makeToken(
  context: ResidencyContext,
  { organisation, by }: Act,
  { service, reports, until }: z.infer<typeof makingToken>,
): Promise<MadeToken> {
  const token = `hevdr_${randomBytes(32).toString('base64url')}`
  return context.db.transaction(organisation, async (tx) => {
    const names = await servicesNamed(context, tx, organisation, [service])
    if (!names.has(service)) throw new ResidencyError('no-such-service')
    const day = await today(context, tx, organisation)
    if (!isCalendarDate(until) || until < day || until > String(after(day, longestLife, 'UTC')))
      throw new ResidencyError('not-valid-token')
    const now = context.clock.now()
    const row = { id: uuidv7(now), service, reports, until, madeAt: now }
    await insertToken(tx, organisation, { ...row, hash: hashOf(token), by })
    const body = { token: row.id, service, reports, until, by }
    await logged(context, tx, organisation, [{ kind: 'residency-token-made', body }])
    return { ...viewOf({ ...row, lastUsedAt: null, revokedAt: null }, names, day), token }
  })
}

/** It stops working at once. Throws `no-such-token`. */
export function revokeTokenBy(
  context: ResidencyContext,
  { organisation, by }: Act,
  id: string,
): Promise<void> {
  return context.db.transaction(organisation, async (tx) => {
    const outcome = await revokeToken(tx, organisation, id, context.clock.now())
    if (outcome === 'unknown') throw new ResidencyError('no-such-token')
    if (outcome === 'revoked')
      await logged(context, tx, organisation, [{ kind: 'residency-token-revoked', body: { token: id, by } }])
  })
}

export function listTokens(context: ResidencyContext, organisation: string): Promise<Token[]> {
  return context.db.transaction(organisation, async (tx) => {
    const rows = await allTokens(tx, organisation)
    const services = [...new Set(rows.map(({ service }) => service))]
    const names = await servicesNamed(context, tx, organisation, services)
    const day = await today(context, tx, organisation)
    return rows.map((row) => viewOf(row, names, day))
  })
}

/** Whose token it is, as of now. Throws `token-refused` for none, one that is over or revoked, and one of a service that is gone. */
export function bearerOf(
  context: ResidencyContext,
  organisation: string,
  header: string | undefined,
): Promise<Bearer> {
  const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
  if (token === undefined || token.length > longest) throw new ResidencyError('token-refused')
  return context.db.transaction(organisation, async (tx) => {
    const row = await tokenByHash(tx, organisation, hashOf(token))
    if (row === undefined) throw new ResidencyError('token-refused')
    const isOver = context.clock.now() >= endOfDate(row.until, await zoneOf(tx, organisation))
    const names = await servicesNamed(context, tx, organisation, [row.service])
    if (isOver || !names.has(row.service)) throw new ResidencyError('token-refused')
    return { token: row.id, service: row.service, reports: row.reports }
  })
}

/** What the database keeps of a token. */
const hashOf = (token: string): Buffer => hash('sha256', token, 'buffer')

async function servicesNamed(
  { feeds }: Pick<ResidencyContext, 'feeds'>,
  tx: Tx,
  organisation: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const readings = await feeds.read(tx, organisation, ids.map(namedServices.byKey))
  return new Map(
    readings
      .flatMap(({ facts }) => facts.map(({ value }) => namedServices.parse(value)))
      .map(({ id, name }) => [id, name]),
  )
}

function viewOf(
  { service, revokedAt, ...row }: TokenRow,
  names: ReadonlyMap<string, string>,
  day: string,
): Token {
  const name = names.get(service)
  const { id, reports, until, madeAt, lastUsedAt } = row
  return {
    ...{ id, reports, until, madeAt, lastUsedAt },
    service: { id: service, name: name ?? service },
    state:
      revokedAt !== null ? 'revoked' : until < day ? 'over' : name === undefined ? 'unknown-service' : 'good',
  }
}
