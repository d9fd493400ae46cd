import type { Request } from '@hevd/http'
import type { Operation } from '../contract.ts'
import { KeysError } from '../errors.ts'
import type { Actor, VaultDeps } from '../keys/changing.ts'
import { type Authority, bearerOf, grantFor } from '../use/authority.ts'
import type { Leases, Spending } from '../use/leases.ts'
import type { Bearer, KnownKey, Snapshot } from '../use/snapshot.ts'
import { denied, TransitError } from './errors.ts'

export type TransitDeps = VaultDeps & { readonly authority: Authority; readonly leases: Leases }

/** Who calls, and what was so when they did. */
export type Caller = {
  readonly organisation: string
  readonly snapshot: Snapshot
  readonly bearer: Bearer
  readonly now: number
}

const callers = new WeakMap<Request, Promise<Caller>>()

/**
 * Who calls, by the token of `X-Vault-Token` or `Authorization: Bearer`; found out once a request, before its body is read.
 * Throws 403 for anybody else.
 */
export function callerOf(deps: TransitDeps, request: Request): Promise<Caller> {
  const known = callers.get(request)
  if (known !== undefined) return known
  const found = findCaller(deps, request)
  callers.set(request, found)
  return found
}

async function findCaller({ context, authority }: TransitDeps, request: Request): Promise<Caller> {
  const { organisation, ip } = request
  const snapshot = await authority.now(organisation)
  const now = context.clock.now()
  const bearer = await bearerOf(snapshot, tokenIn(request), ip, now)
  if (bearer === null) throw denied()
  return { organisation, snapshot, bearer, now }
}

function tokenIn({ headers }: Request): string | undefined {
  const given = headers['x-vault-token']
  if (typeof given === 'string') return given
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
}

/** Who acts, as it stands in the internal log. */
export function actorOf({ organisation, bearer }: Caller): Actor {
  const { kind, id } = bearer.holder
  return { organisation, by: kind === 'account' ? id : `service/${id}` }
}

/**
 * A key for one operation, and room for so many uses of the grant that allows it. Throws 403 where there is no grant in force,
 * whether there is such a key or not; 404 where an administrator asks for one that there is not; 503 while the vault is sealed.
 */
export async function keyFor(
  deps: TransitDeps,
  caller: Caller,
  name: string,
  operation: Operation,
  uses: number,
): Promise<{ readonly key: KnownKey; readonly spending: Spending }> {
  const { organisation, snapshot, bearer, now } = caller
  const key = await snapshot.key(name)
  if (key === null) throw bearer.administers ? notFound() : denied()
  const grant = await grantFor(snapshot, bearer, key.row.id, operation, now)
  if (grant === null) throw denied()
  needOpen(deps, caller)
  if (key.row.deletedAt !== null) throw new KeysError('key-deleted')
  return { key, spending: await deps.leases.take(organisation, grant, bearer.token, uses) }
}

/** A key to be looked at or managed: by a grant for it, or by an administrator. Throws as {@link keyFor}. */
export async function keyToManage(
  deps: TransitDeps,
  caller: Caller,
  name: string,
  operation: 'read' | 'manage',
): Promise<KnownKey> {
  const { snapshot, bearer, now } = caller
  const key = await snapshot.key(name)
  if (key === null) throw bearer.administers ? notFound() : denied()
  if (!bearer.administers && (await grantFor(snapshot, bearer, key.row.id, operation, now)) === null)
    throw denied()
  needOpen(deps, caller)
  return key
}

/** Throws 503 while the vault is sealed or has no root key. */
export function needOpen({ memories }: TransitDeps, { organisation, snapshot }: Caller): void {
  if (!snapshot.isInitialised) throw new KeysError('not-initialised')
  memories.wrapping(organisation)
}

export const notFound = () => new TransitError(404, 'encryption key not found')
