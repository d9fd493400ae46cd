import { ArchiveError } from '../../errors.ts'

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT'

/** Runs something on files of a target, and names what the system answers (errno, see errno(3)) as the archive does. */
export function fileErrors(target: string): <T>(path: string, run: () => Promise<T>) => Promise<T> {
  return async (path, run) => {
    try {
      return await run()
    } catch (error) {
      throw named(target, path, error)
    }
  }
}

function named(target: string, path: string, error: unknown): unknown {
  const reason = codeOf(error)
  switch (reason) {
    case null:
      return error
    case 'ENOENT':
      return new ArchiveError('file-missing', { target, path }, error)
    case 'ENOSPC':
    case 'EDQUOT':
      return new ArchiveError('target-full', { target }, error)
    case 'ELOOP':
      return new ArchiveError('path-outside', { target, path }, error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ArchiveError('target-refused', { target, reason: `${path}: ${reason}` }, error)
    default:
      return new ArchiveError('target-unreachable', { target, reason: `${path}: ${reason}` }, error)
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : null
}
