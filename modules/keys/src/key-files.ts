import { hosts, keyFiles } from '@hevd/facts'
import type { KeysContext } from './context.ts'
import type { KeyFile, KeyFiles } from './contract.ts'

const most = 200
const openness = ['everybody', 'group', 'owner'] as const

/** Files with keys that agents found on hosts and that others than root can read, the most open first. */
export function listKeyFiles({ db, feeds }: KeysContext, organisation: string): Promise<KeyFiles> {
  return db.transaction(organisation, async (tx) => {
    const readings = await feeds.read(
      tx,
      organisation,
      openness.map((by) => keyFiles.readableBy(by)),
    )
    const found = readings.flatMap(({ facts }, at) =>
      facts.map(({ value }) => ({ ...keyFiles.parse(value), readableBy: openness[at] ?? 'everybody' })),
    )
    const shown = found.slice(0, most)
    const named = await feeds.read(
      tx,
      organisation,
      [...new Set(shown.map(({ host }) => host))].map((host) => hosts.byKey(host)),
    )
    const names = new Map(
      named
        .flatMap(({ facts }) => facts.map(({ value }) => hosts.parse(value)))
        .map(({ id, name }) => [id, name]),
    )
    const files = shown.map(
      ({ openTo: _, host, ...file }): KeyFile => ({ ...file, host, hostName: names.get(host) ?? host }),
    )
    return { files, total: found.length }
  })
}
