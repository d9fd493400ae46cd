import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { AgentError } from '../errors.ts'

/** Reads a file that holds a key; null when there is none. Throws AgentError `key-readable` where others can read it. */
export function readPrivate(path: string): string | null {
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw new AgentError('key-readable', { path })
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null
    throw error
  }
}

/** Puts a file, 0600, whole or not at all, also over a `kill -9` and a power cut. */
export function writePrivate(path: string, text: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const beside = `${path}.${process.pid}.new`
  rmSync(beside, { force: true })
  writeFileSync(beside, text, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(beside, path)
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}
