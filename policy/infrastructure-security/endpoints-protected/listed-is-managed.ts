import { check, duration, fails, holds, unknown, unseen } from '@hevd/core'
import { hostNamesAlike, hosts, importedLists, managedDevices } from '@hevd/facts'
import { listedWorkstations } from '../../populations.ts'

/** Every device of the device list carries an agent or is in device management: none is forgotten. */
export const listedIsManaged = check('endpoints-protected/listed-is-managed', {
  of: listedWorkstations,
  parameters: { deviceListNoOlderThan: duration },
  reads: ({ source, id, name, otherNames }) => {
    const alike = hostNamesAlike([id, name, ...otherNames])
    return {
      declared: alike.map((one) => hosts.called(one)),
      managed: alike.map((one) => managedDevices.called(one)),
      lists: importedLists.byKey(`hosts/${source}`),
    }
  },
  judge: ({ source }, { declared, managed, lists }, { deviceListNoOlderThan }, moment) => {
    const [list] = lists.facts
    if (list === undefined || moment.elapsed(list.value.importedAt, deviceListNoOlderThan))
      return unknown('device-list-old', { source })
    if (declared.facts.length + managed.facts.length > 0) return holds()
    const [missing] = [...declared.unseen, ...managed.unseen]
    return missing === undefined ? fails('device-not-enrolled', { source }) : unseen(missing)
  },
})
