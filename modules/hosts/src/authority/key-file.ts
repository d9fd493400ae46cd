import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { HostsError } from '../errors.ts'

/** Reads a private key (PKCS #8 in PEM); null when there is none. Throws `authority-open-to-others`. */
export function readKey(path: string): KeyObject | null {
  try {
    if ((statSync(path).mode & 0o077) !== 0) throw new HostsError('authority-open-to-others', path)
    return createPrivateKey(readFileSync(path, 'utf8'))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Makes a P-256 key at `path`, 0600. Of several that make one at the same time the first one's stays. */
export function makeKey(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${process.pid}.new`
  writeFileSync(beside, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true })
  try {
    linkSync(beside, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(beside, { force: true })
  }
  syncFolder(dirname(path))
  return createPrivateKey(readFileSync(path, 'utf8'))
}

/** Puts an authority's key and certificate aside, so that another takes its place; nothing is deleted. */
export function putAside(paths: readonly string[], suffix: string): void {
  for (const path of paths)
    try {
      renameSync(path, `${path}.${suffix}`)
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error
    }
}

function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
