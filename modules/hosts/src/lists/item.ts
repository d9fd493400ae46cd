import { importedLists, listedHosts, managedDevices, providerVolumes, type ValueOf } from '@hevd/facts'
import type { ListKind } from '../contract.ts'

/** What a list has, by what it is of. */
export type ItemOf = {
  readonly hosts: ValueOf<typeof listedHosts>
  readonly volumes: ValueOf<typeof providerVolumes>
  readonly devices: ValueOf<typeof managedDevices>
}
export type Item = ItemOf[ListKind]

/** The type of fact that the items of a list are. */
export const itemTypes = {
  hosts: listedHosts,
  volumes: providerVolumes,
  devices: managedDevices,
} as const

/** The register that lists are: complete about all that was ever imported. */
export const listRegister = {
  name: 'host-lists',
  title: { nb: 'Lister hentet fra fil', en: 'Lists imported from files' },
  types: [importedLists.name, ...Object.values(itemTypes).map(({ name }) => name)],
}

/** An item without its source, as files have it. */
export type Sourceless<Of extends Item> = Omit<Of, 'source'>
