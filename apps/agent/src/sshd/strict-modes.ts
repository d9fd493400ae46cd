import { posix } from 'node:path'
import type { HostAccess } from '../host/access.ts'
import { type Looked, seenValue } from '../host/looked.ts'

/**
 * What sshd's `StrictModes` asks of a key file and of each folder above it up to the home folder (or to `/`): nobody
 * but the account and root may write it. As in Debian, the account's own group may.
 */
export async function isSafe(
  { files }: HostAccess,
  file: string,
  account: { readonly uid: number; readonly gid: number; readonly home: string },
): Promise<Looked<boolean>> {
  const [real, home] = await Promise.all([files.real(file), files.real(account.home)])
  if (real.kind !== 'seen') return real
  const end = home.kind === 'seen' ? home.value : '/'
  for (let path = real.value; ; path = posix.dirname(path)) {
    const status = await files.status(path)
    if (status.kind !== 'seen') return status
    const { uid, gid, mode } = status.value
    const byOthers = (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== account.gid)
    if (byOthers || (uid !== 0 && uid !== account.uid)) return seenValue(false)
    if (path === end || path === '/') return seenValue(true)
  }
}
