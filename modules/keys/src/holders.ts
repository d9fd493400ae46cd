import type { Tx } from '@hevd/postgres'
import type { KeysContext } from './context.ts'
import type { Holder } from './contract.ts'
import { namedServicesOf } from './store/services.ts'

/** Names of holders and of accounts that did something, as a reader knows them; an id where nobody has it. */
export type Names = {
  holder(kind: Holder['kind'], id: string): Holder & { readonly name: string }
  person(id: string): { readonly id: string; readonly name: string }
}

type Deps = Pick<KeysContext, 'standing' | 'people'>

/** @param services ids of services that are named */
export async function namesIn(
  { standing, people }: Deps,
  tx: Tx,
  organisation: string,
  services: readonly string[],
): Promise<Names> {
  const accounts = new Map((await standing(tx)).map(({ id, name }) => [id, name]))
  const holders = services.map((id) => ({ kind: 'service' as const, id }))
  const known = holders.length === 0 ? new Map() : await people.known(tx, organisation, holders)
  const service = (id: string) => known.get(`service/${id}`)?.name ?? id
  return {
    holder: (kind, id) => ({
      ...{ kind, id },
      name: kind === 'account' ? (accounts.get(id) ?? id) : service(id),
    }),
    person: (id) => ({ id, name: accounts.get(id) ?? id }),
  }
}

/** Whom a grant or a token can be for: accounts that can sign in, auditors left out, and named services. */
export async function possibleHolders(
  { standing }: Deps,
  tx: Tx,
  organisation: string,
): Promise<readonly (Holder & { readonly name: string })[]> {
  const accounts = (await standing(tx)).filter(
    ({ role, disabledAt }) => role !== 'auditor' && disabledAt === null,
  )
  return [
    ...accounts.map(({ id, name }) => ({ kind: 'account' as const, id, name })),
    ...(await namedServicesOf(tx, organisation)),
  ]
}

/** The name of one that a grant or token can be for; undefined where there is none such. */
export async function holderName(
  deps: Deps,
  tx: Tx,
  organisation: string,
  { kind, id }: Holder,
): Promise<string | undefined> {
  if (kind === 'service')
    return (await deps.people.known(tx, organisation, [{ kind, id }])).get(`service/${id}`)?.name
  const [account] = await deps.standing(tx, [id])
  return account === undefined || account.role === 'auditor' || account.disabledAt !== null
    ? undefined
    : account.name
}
