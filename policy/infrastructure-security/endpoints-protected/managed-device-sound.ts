import {
  allOf,
  check,
  type Duration,
  duration,
  type Fails,
  fails,
  holds,
  type Instant,
  type Judgement,
  type Moment,
  plus,
  type Unknown,
  unknown,
} from '@hevd/core'
import { importedLists, type managedDevices, type ValueOf } from '@hevd/facts'
import { devices } from '../../populations.ts'

/** Device management says of a device that it is encrypted, locks and complies, and has heard from it lately. */
export const managedDeviceSound = check('endpoints-protected/managed-device-sound', {
  of: devices,
  parameters: { seenWithin: duration },
  reads: ({ source }) => ({ lists: importedLists.byKey(`devices/${source}`) }),
  judge: (device, { lists }, { seenWithin }, moment) => {
    const [list] = lists.facts
    if (list === undefined) return unknown('device-list-old', { source: device.source })
    return allOf(
      told(device.encrypted, fails('device-not-encrypted'), unknown('device-encryption-not-told')),
      told(device.locks, fails('device-does-not-lock'), unknown('device-lock-not-told')),
      told(device.compliant, fails('device-not-compliant'), unknown('device-compliance-not-told')),
      isSeen(device, list.value.importedAt, seenWithin, moment),
    )
  },
})

function told(is: boolean | null, no: Fails, untold: Unknown): Judgement {
  if (is === null) return untold
  return is ? holds() : no
}

/**
 * A device that was away when the list was made fails. One that was not may have been heard since, so that it is a newer
 * list that tells, not time.
 */
function isSeen(
  { lastCheckIn, source }: ValueOf<typeof managedDevices>,
  importedAt: Instant,
  within: Duration,
  moment: Moment,
): Judgement {
  if (lastCheckIn === null) return fails('device-never-seen')
  if (plus(lastCheckIn, within, moment.zone) <= importedAt)
    return fails('device-not-seen', { since: lastCheckIn })
  return moment.elapsed(lastCheckIn, within) || !moment.passed(lastCheckIn)
    ? unknown('device-list-old', { source })
    : holds()
}
