import { accountOwners, namedServices, type ValueOf } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import type { z } from 'zod'
import type { declaringOwner, NamedService, puttingService } from './contract.ts'
import { PeopleError } from './errors.ts'
import { type Act, changing, logged, type RegisterDeps, register, sealed } from './register.ts'
import { accountsOf, deleteOwner, isSeen, type OwnerRow, ownerOf, putOwner } from './store/owners.ts'
import { allServices, deleteService, peopleById, putService } from './store/people.ts'

/** Enters a service or changes it. Throws `no-such-owner` or `id-differs`. */
export async function enterService(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
  said: z.infer<typeof puttingService>,
): Promise<NamedService> {
  if (said.id !== undefined && said.id !== id) throw new PeopleError('id-differs')
  const service = { ...said, id }
  return changing(deps, organisation, async (tx) => {
    const owner = await keyOf(tx, organisation, { owner_kind: 'person', owner: service.owner })
    await putService(tx, organisation, service)
    await deps.feeds.put(tx, organisation, register.name, [{ type: namedServices.name, value: service }])
    await logged(deps, tx, organisation, [{ kind: 'service-entered', body: { service: id, owner, by } }])
    return service
  })
}

/** Throws `no-such-service`, or `service-in-use` while accounts are said to be its. */
export async function removeService(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
): Promise<void> {
  await changing(deps, organisation, async (tx) => {
    const known = (await allServices(tx, organisation)).some((service) => service.id === id)
    if (!known) throw new PeopleError('no-such-service')
    const owned = await accountsOf(tx, organisation, { owner_kind: 'service', owner: id })
    if (owned > 0) throw new PeopleError('service-in-use')
    await deleteService(tx, organisation, id)
    await deps.feeds.remove(tx, organisation, register.name, [{ type: namedServices.name, key: id }])
    await logged(deps, tx, organisation, [{ kind: 'service-removed', body: { service: id, by } }])
  })
}

/**
 * Says whose an account is, or takes back what was said. A word for it, not a proof. The account's name is personal, so
 * it is sealed under the owner's key. Throws `no-such-account` or `no-such-owner`.
 */
export async function declareOwner(
  deps: RegisterDeps,
  { organisation, by }: Act,
  { account, owner }: z.infer<typeof declaringOwner>,
): Promise<void> {
  const { clock, feeds } = deps
  await changing(deps, organisation, async (tx) => {
    const before = await ownerOf(tx, organisation, account)
    if (owner !== null && !(await isSeen(tx, organisation, account))) throw new PeopleError('no-such-account')
    if (before !== undefined) {
      const { key } = factOf(before)
      await feeds.remove(tx, organisation, register.name, [{ type: accountOwners.name, key }])
    }
    if (owner === null) {
      if (before === undefined) return
      const person = await keyOf(tx, organisation, before)
      await deleteOwner(tx, organisation, account)
      const body = { ownerKind: before.owner_kind, owner: person, by }
      await logged(deps, tx, organisation, [
        { kind: 'account-owner-withdrawn', body, ...sealed(person, { account }) },
      ])
      return
    }
    const said = { account, owner_kind: owner.kind, owner: owner.id, said_by: by, said_at: clock.now() }
    const person = await keyOf(tx, organisation, said)
    await putOwner(tx, organisation, said)
    await feeds.put(tx, organisation, register.name, [factOf(said).said])
    const body = { ownerKind: owner.kind, owner: person, by }
    const payload = { account, service: owner.kind === 'service' ? owner.id : null }
    await logged(deps, tx, organisation, [
      { kind: 'account-owner-declared', body, ...sealed(person, payload) },
    ])
  })
}

/** The ledger's key of the person who owns, or who owns the service that does. */
async function keyOf(
  tx: Tx,
  organisation: string,
  { owner_kind: kind, owner }: Pick<OwnerRow, 'owner_kind' | 'owner'>,
): Promise<string> {
  const id =
    kind === 'person'
      ? owner
      : (await allServices(tx, organisation)).find((service) => service.id === owner)?.owner
  const person = id === undefined ? undefined : (await peopleById(tx, organisation, [id])).get(id)
  if (person === undefined) throw new PeopleError('no-such-owner')
  return person.key
}

function factOf({ account, owner_kind: kind, owner: id, said_by: saidBy }: OwnerRow) {
  const value: ValueOf<typeof accountOwners> = { account, owner: { kind, id }, saidBy }
  return { key: accountOwners.key(value), said: { type: accountOwners.name, value } }
}
