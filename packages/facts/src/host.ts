import { z } from 'zod'
import { facts } from './fact-type.ts'
import { hostNames } from './host-names.ts'

const id = z.string().min(1)

/** A host that the organisation declares as its own. It ends by a record, never by silence. */
export const hosts = facts('host', {
  value: z.object({
    id,
    name: z.string(),
    role: z.enum(['production', 'workstation', 'other']),
    /** Who declared it: a person's id, or `first-start`. */
    declaredBy: z.string(),
  }),
  key: (host) => host.id,
  label: (host) => host.name,
  lookups: { withRole: (host) => host.role, called: (host) => hostNames([host.id, host.name]) },
})

/** The agent on a host, said anew every minute: its silence is the host's. */
export const agents = facts('agent', {
  value: z.object({ host: id, version: z.string(), root: z.boolean() }),
  key: (agent) => agent.host,
  scope: 'ofHost',
  lookups: { ofHost: (agent) => agent.host },
})

/** Operating system release and running kernel, from `/etc/os-release` and uname(2). */
export const operatingSystems = facts('operating-system', {
  value: z.object({ host: id, id: z.string(), version: z.string(), name: z.string(), kernel: z.string() }),
  key: (os) => os.host,
  scope: 'ofHost',
  lookups: { ofHost: (os) => os.host },
})

/** Whether the running kernel or libraries are older than the installed ones. */
export const pendingReboots = facts('pending-reboot', {
  value: z.object({
    host: id,
    pending: z.boolean(),
    /** Packages or the kernel release that wait for it. */
    because: z.array(z.string()),
    /** When it was first seen pending, in milliseconds; null when it is not. */
    since: z.number().nullable(),
  }),
  key: (reboot) => reboot.host,
  scope: 'ofHost',
  lookups: { ofHost: (reboot) => reboot.host },
})

/** A package for which the host's package sources offer a newer version. */
export const pendingUpdates = facts('pending-update', {
  value: z.object({
    host: id,
    package: z.string(),
    installed: z.string(),
    candidate: z.string(),
    security: z.boolean(),
    /** When this candidate was first seen here; the publication date is not in the package lists. */
    firstSeenAt: z.number(),
  }),
  key: (update) => `${update.host}/${update.package}`,
  scope: 'ofHost',
  lookups: { ofHost: (update) => update.host },
})

/** The package lists themselves: an old list knows no new updates. */
export const packageSources = facts('package-source', {
  value: z.object({
    host: id,
    manager: z.enum(['apt']),
    /** When the lists were last fetched, in milliseconds; null when never. */
    refreshedAt: z.number().nullable(),
    /** Whether any configured source carries security updates. */
    hasSecuritySource: z.boolean(),
  }),
  key: (source) => `${source.host}/${source.manager}`,
  scope: 'ofHost',
  lookups: { ofHost: (source) => source.host },
})

/** A mounted volume, or space that memory is swapped to, and whether its blocks are encrypted by this host. */
export const volumes = facts('volume', {
  value: z.object({
    host: id,
    device: z.string(),
    /** Where it is mounted; `swap:` and its path for swap. */
    mountPoint: z.string(),
    fileSystem: z.string(),
    /** `beneath`: a virtual disk, whose encryption only the provider can tell. */
    encryption: z.enum(['dm-crypt', 'none', 'beneath']),
    /** The virtual disks beneath it: of each, all it shows of itself (serial, names by id), in small letters. */
    disks: z.array(z.array(z.string())).optional(),
  }),
  key: (volume) => `${volume.host}${volume.mountPoint}`,
  scope: 'ofHost',
  lookups: { ofHost: (volume) => volume.host },
})

/** Whether the screen locks for an account's desktop, by its settings. */
export const screenLocks = facts('screen-lock', {
  value: z.object({
    host: id,
    desktop: z.enum(['gnome', 'kde']),
    /** Null for everybody whose own settings do not say otherwise. */
    account: z.string().nullable(),
    locks: z.boolean(),
    /** Seconds without activity until the screen is locked; null when it never is. */
    after: z.int().nullable(),
  }),
  key: (lock) => `${lock.host}/${lock.desktop}/${lock.account ?? '*'}`,
  scope: 'ofHost',
  lookups: { ofHost: (lock) => lock.host },
})
