import { hosts, namedServices, people } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import type { BackupsContext } from './context.ts'
import type { AskingReader } from './contract.ts'

type Holder = AskingReader['holder']
type Deps = Pick<BackupsContext, 'feeds'>

/** What people and services are called, by `kind/id`; those that no register has are left out. */
export async function holdersNamed(
  { feeds }: Deps,
  tx: Tx,
  organisation: string,
  holders: readonly Holder[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Map(holders.map((holder) => [`${holder.kind}/${holder.id}`, holder])).entries()]
  const readings = await feeds.read(
    tx,
    organisation,
    wanted.map(([, { kind, id }]) => (kind === 'person' ? people.byKey(id) : namedServices.byKey(id))),
  )
  return new Map(
    wanted.flatMap(([key, { kind }], at) =>
      (readings[at]?.facts ?? []).map(({ value }): [string, string] => [
        key,
        (kind === 'person' ? people : namedServices).parse(value).name,
      ]),
    ),
  )
}

/** What hosts are called, by their ids. */
export async function hostsNamed(
  { feeds }: Deps,
  tx: Tx,
  organisation: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const lookups = [...new Set(ids)].map((id) => hosts.byKey(id))
  const readings = await feeds.read(tx, organisation, lookups)
  return new Map(
    readings
      .flatMap(({ facts }) => facts.map(({ value }) => hosts.parse(value)))
      .map(({ id, name }) => [id, name]),
  )
}
