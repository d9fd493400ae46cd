import { parseKeyFile, wholeNumber } from './key-file.ts'

/** Whether KDE's kscreenlocker locks by itself, and after how many seconds. */
export type KdeLock = { readonly locks: boolean; readonly after: number | null }

/** By kscreenlockerrc files, the weakest first; the usual values of KDE where none says otherwise. */
export function kdeLock(texts: readonly string[]): KdeLock {
  const values = new Map(texts.flatMap((text) => [...parseKeyFile(text)]))
  const minutes = wholeNumber(values.get('Daemon/Timeout')) ?? 5
  const grace = wholeNumber(values.get('Daemon/LockGrace')) ?? 5
  const locks = (values.get('Daemon/Autolock') ?? 'true').toLowerCase() === 'true' && minutes > 0
  return { locks, after: locks ? minutes * 60 + Math.max(0, grace) : null }
}
