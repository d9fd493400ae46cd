import { ArchiveError } from '../errors.ts'

/** Throws `path-outside` for a path that a target does not take: empty or absolute, with `.`, `..`, `\`, or NUL in it. */
export function requirePlain(target: string, path: string): void {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part)))
    throw new ArchiveError('path-outside', { target, path })
}

/** The folder at the target's own root in which files lie that are being written; it is not listed. */
export const unfinishedFolder = '.unfinished'

/** Longest time in milliseconds that something half-written is let be. */
export const unfinishedFor = 86_400_000
