import { parseKeyFile, wholeNumber } from './key-file.ts'

/** Whether KDE's kscreenlocker locks by itself, and after how many seconds. */
export type KdeLock = { readonly locks: boolean; readonly after: number | null }

/** By kscreenlockerrc files, the system's first; the usual values of KDE where none says otherwise. */
export function kdeLock(texts: readonly string[]): KdeLock {
  const values = new Map<string, string>()
  const files = texts.map(parseKeyFile)
  for (const [index, file] of files.entries()) {
    const before = files.slice(0, index)
    for (const [key, value] of file.values)
      if (!before.some((earlier) => earlier.isFixed(key))) values.set(key, value)
  }
  const minutes = wholeNumber(values.get('Daemon/Timeout')) ?? 5
  const grace = wholeNumber(values.get('Daemon/LockGrace')) ?? 5
  const locks = (values.get('Daemon/Autolock') ?? 'true').toLowerCase() === 'true' && minutes > 0
  return { locks, after: locks ? minutes * 60 + Math.max(0, grace) : null }
}
