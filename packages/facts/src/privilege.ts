import { z } from 'zod'
import { facts } from './fact-type.ts'
import { openTo } from './open-to.ts'

const id = z.string().min(1)

/** A program with capabilities of its own (capabilities(7)), from its extended attribute `security.capability`. */
export const fileCapabilities = facts('file-capability', {
  value: z.object({
    host: id,
    path: z.string(),
    /** Capabilities it is permitted, such as `cap_net_admin`. */
    permitted: z.array(z.string()),
    /** They are in force as the program starts; otherwise it must raise them itself. */
    effective: z.boolean(),
    /** Who may run it. */
    openTo,
  }),
  key: (file) => `${file.host}${file.path}`,
  scope: 'ofHost',
  lookups: { ofHost: (file) => file.host },
})

/** A listening socket through which a program of root's is told what to do: who may write to it commands as root. */
export const controlSockets = facts('control-socket', {
  value: z.object({
    host: id,
    path: z.string(),
    /** What is behind it: `docker`, `podman`, `containerd`, `lxd`, `incus`, `cri-o`. */
    program: z.string(),
    /** Who may write to it. */
    openTo,
  }),
  key: (socket) => `${socket.host}${socket.path}`,
  scope: 'ofHost',
  lookups: { ofHost: (socket) => socket.host },
})
