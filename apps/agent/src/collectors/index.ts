import type { Collector } from '../collector.ts'
import { accountsCollector } from './accounts.ts'
import { agentItselfCollector } from './agent-itself.ts'
import { authorizedKeysCollector } from './authorized-keys.ts'
import { backupsCollector } from './backups.ts'
import { cloudRegionCollector } from './cloud-region.ts'
import { controlSocketsCollector } from './control-sockets.ts'
import { dataScanCollector } from './data-scan.ts'
import { fileCapabilitiesCollector } from './file-capabilities.ts'
import { firewallCollector } from './firewall.ts'
import { keyFilesCollector } from './key-files.ts'
import { operatingSystemCollector } from './operating-system.ts'
import { packagesCollector } from './packages.ts'
import { passwordsCollector } from './passwords.ts'
import { pendingRebootCollector } from './pending-reboot.ts'
import { postgresCollector } from './postgres.ts'
import { remotePathsCollector } from './remote-paths.ts'
import { screenLockCollector } from './screen-lock.ts'
import { socketsCollector } from './sockets.ts'
import { sshdCollector } from './sshd.ts'
import { sudoCollector } from './sudo.ts'
import { tlsEndpointsCollector } from './tls-endpoints.ts'
import { volumesCollector } from './volumes.ts'

/** Everything the agent looks at. */
export const collectors: readonly Collector[] = [
  agentItselfCollector,
  operatingSystemCollector,
  cloudRegionCollector,
  accountsCollector,
  passwordsCollector,
  sudoCollector,
  fileCapabilitiesCollector,
  controlSocketsCollector,
  keyFilesCollector,
  sshdCollector,
  authorizedKeysCollector,
  packagesCollector,
  pendingRebootCollector,
  volumesCollector,
  screenLockCollector,
  socketsCollector,
  remotePathsCollector,
  firewallCollector,
  postgresCollector,
  tlsEndpointsCollector,
  dataScanCollector,
  backupsCollector,
]
