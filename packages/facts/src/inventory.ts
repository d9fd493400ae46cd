import { z } from 'zod'
import { facts } from './fact-type.ts'
import { hostNames } from './host-names.ts'

const id = z.string().min(1)
/** What a list is of. */
const listKinds = ['hosts', 'volumes', 'devices'] as const

/** A list that somebody imported from a file, whole, in place of the one before from the same source. */
export const importedLists = facts('imported-list', {
  value: z.object({
    of: z.enum(listKinds),
    /** Name the organisation gives where the list comes from, such as `aws-eu-north-1`. */
    source: id,
    /** Milliseconds since 1970. */
    importedAt: z.number(),
    entries: z.int(),
  }),
  key: (list) => `${list.of}/${list.source}`,
  label: (list) => list.source,
  lookups: { ofKind: (list) => list.of },
})

/** A machine that a list independent of Hevd has: the cloud's own, the hypervisor's, purchasing's. */
export const listedHosts = facts('listed-host', {
  value: z.object({
    source: id,
    /** The list's own number of it. */
    id,
    name: z.string(),
    /** Every name it may be known by besides: of the cloud, of the network. */
    otherNames: z.array(z.string()),
    kind: z.enum(['server', 'workstation']),
  }),
  key: (listed) => `${listed.source}/${listed.id}`,
  label: (listed) => (listed.name === '' ? listed.id : listed.name),
  lookups: {
    fromSource: (listed) => listed.source,
    called: (listed) => hostNames([listed.id, listed.name, ...listed.otherNames]),
  },
})

/** A disk as its provider tells of it. */
export const providerVolumes = facts('provider-volume', {
  value: z.object({
    source: id,
    id,
    name: z.string(),
    /** What the disk shows of itself to the host that has it, in small letters. */
    serials: z.array(z.string()),
    /** Null where the list does not say. */
    encrypted: z.boolean().nullable(),
  }),
  key: (volume) => `${volume.source}/${volume.id}`,
  label: (volume) => (volume.name === '' ? volume.id : volume.name),
  lookups: { fromSource: (volume) => volume.source, withSerial: (volume) => volume.serials },
})

/** A device as device management (Intune, Jamf) tells of it. */
export const managedDevices = facts('managed-device', {
  value: z.object({
    source: id,
    id,
    name: z.string(),
    serial: z.string(),
    /** As the list has it, an address or an account name; empty for none. */
    user: z.string(),
    os: z.string(),
    /** Null where the list does not say. */
    encrypted: z.boolean().nullable(),
    locks: z.boolean().nullable(),
    compliant: z.boolean().nullable(),
    /** When it last spoke with device management, in milliseconds; null when never or not said. */
    lastCheckIn: z.number().nullable(),
  }),
  key: (device) => `${device.source}/${device.id}`,
  label: (device) => (device.name === '' ? device.id : device.name),
  lookups: {
    fromSource: (device) => device.source,
    called: (device) => hostNames([device.id, device.name, device.serial]),
  },
})
