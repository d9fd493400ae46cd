import { postgresDirectories, type ValueOf } from '@hevd/facts'
import { type Collected, collected, failedBy, needsRight, partialWithout, rootRight } from '../collector.ts'
import { encryptionOf, mountOf } from '../collectors/block-device.ts'
import { parseMounts } from '../collectors/mount-table.ts'
import type { HostAccess } from '../host/access.ts'

/** Where a server says that its data lie; null where the role may not read it. */
export type Said = {
  readonly id: string
  readonly local: boolean
  readonly dataDirectory: string | null
  readonly tablespaces: readonly string[]
}

/**
 * The folders that a server of this host keeps data in (its write-ahead log and tablespaces may lie elsewhere, behind
 * links), and whether what they lie on is encrypted. Of a server elsewhere only an agent there can tell.
 */
export async function directories(
  access: HostAccess,
  { id, local, dataDirectory, tablespaces }: Said,
  grantee: string,
): Promise<Collected> {
  const none = (gap: ReturnType<typeof needsRight>) => collected(postgresDirectories, id, [], gap)
  if (!local) return none(partialWithout('an agent on the server’s own host'))
  if (dataDirectory === null) return none(needsRight(`GRANT pg_read_all_settings TO ${grantee}`))
  const table = await access.files.text('/proc/self/mountinfo')
  if (table.kind !== 'seen') return none(failedBy('there is no /proc/self/mountinfo'))
  const mounts = parseMounts(table.value)
  const values: ValueOf<typeof postgresDirectories>[] = []
  const unseen: string[] = []
  /** A folder on a volume that is told already says nothing new. */
  const lain = new Set<string>()
  for (const named of [dataDirectory, `${dataDirectory}/pg_wal`, ...tablespaces]) {
    const real = await access.files.real(named)
    if (real.kind === 'refused') return none(needsRight(rootRight))
    const mount = real.kind === 'seen' ? mountOf(real.value, mounts) : null
    const beneath = mount === null ? null : await encryptionOf(access, mount, mounts)
    if (real.kind !== 'seen' || mount === null || beneath === null) unseen.push(named)
    else if (!lain.has(mount.mountPoint)) {
      lain.add(mount.mountPoint)
      values.push({
        server: id,
        path: real.value,
        encryption: beneath.encryption,
        disks: beneath.disks.map((shown) => [...shown]),
      })
    }
  }
  return collected(
    postgresDirectories,
    id,
    values,
    unseen.length === 0 ? null : partialWithout(unseen.slice(0, 5).join(', ')),
  )
}
