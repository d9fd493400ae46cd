import type { SFTPWrapper } from 'ssh2'
import { ArchiveError } from '../../errors.ts'
import { asked } from './transfer.ts'

/** Codes of answers (draft-ietf-secsh-filexfer-02, section 7). */
const noSuchFile = 2
const permissionDenied = 3
const failure = 4

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null)

export const isMissing = (error: unknown): boolean => codeOf(error) === noSuchFile

/** What a server's answer means. A full disk it calls a failure like any other, so it is asked how much room there is. */
export async function named(
  sftp: SFTPWrapper,
  target: string,
  root: string,
  path: string,
  error: unknown,
): Promise<unknown> {
  if (error instanceof ArchiveError || !(error instanceof Error)) return error
  if (/does not support this extended request/.test(error.message))
    return new ArchiveError(
      'target-refused',
      { target, reason: 'it lacks fsync@openssh.com or posix-rename@openssh.com' },
      error,
    )
  const code = codeOf(error)
  if (code === noSuchFile) return new ArchiveError('file-missing', { target, path }, error)
  if (code === permissionDenied)
    return new ArchiveError('target-refused', { target, reason: `${path}: ${error.message}` }, error)
  if (code === failure && (await isFull(sftp, root)))
    return new ArchiveError('target-full', { target }, error)
  return new ArchiveError('target-unreachable', { target, reason: `${path}: ${error.message}` }, error)
}

async function isFull(sftp: SFTPWrapper, root: string): Promise<boolean> {
  try {
    const room = await asked<{ readonly f_bavail: number | bigint; readonly f_ffree: number | bigint }>(
      (answer) => sftp.ext_openssh_statvfs(root, answer),
    )
    return Number(room.f_bavail) === 0 || Number(room.f_ffree) === 0
  } catch {
    return false
  }
}
