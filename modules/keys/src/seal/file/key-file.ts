import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { KeysError } from '../../errors.ts'
import { wipe } from '../wipe.ts'

/** A key file holds `hevd-key-file-1`, a space, 32 random bytes in base64, and a new line. */
const form = /^hevd-key-file-1 ([A-Za-z0-9+/]{43}=)\n?$/

/**
 * Reads the key; the buffer is the caller's to zero. Throws `seal-file-missing`, `seal-file-exposed` (it is another's, or
 * not 0600 or less), `seal-file-in-home` and `seal-not-valid`. @param home HEVD_HOME
 */
export function readKeyFile(path: string, home: string): Buffer {
  assertOutside(path, home)
  const text = readOwn(path)
  const [, base64] = form.exec(text.toString('latin1')) ?? []
  wipe(text)
  if (base64 === undefined) throw notAKey(path)
  return Buffer.from(base64, 'base64')
}

/**
 * Reads the key, or makes it where there is none: for sealing, never for opening. Of two that make it at once one does, and
 * it is on disk, its folder too, before anything is sealed with it. Throws as {@link readKeyFile}.
 */
export function readOrMakeKeyFile(path: string, home: string): Buffer {
  assertOutside(path, home)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  make(path)
  return readKeyFile(path, home)
}

/** Tells one key file from another, and nothing of the key. */
export const keyFileId = (key: Buffer): string =>
  createHash('sha256').update('hevd key file id').update(key).digest('hex').slice(0, 16)

/**
 * Written beside (O_EXCL), synced, and linked into place, which fails where something stands: no half file is ever there, and
 * what is there is never written over.
 */
function make(path: string): void {
  const beside = `${path}.${process.pid}.new`
  const key = randomBytes(32)
  try {
    writeFileSync(beside, `hevd-key-file-1 ${key.toString('base64')}\n`, {
      flag: 'wx',
      mode: 0o600,
      flush: true,
    })
    linkSync(beside, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    wipe(key)
    rmSync(beside, { force: true })
  }
  syncFolder(dirname(path))
}

/** The mode is that of the very file that is read, also behind a symbolic link. */
function readOwn(path: string): Buffer {
  const opened = open(path)
  try {
    const { mode, uid } = fstatSync(opened)
    const self = process.geteuid?.() ?? uid
    if ((mode & 0o077) !== 0 || (uid !== self && uid !== 0)) throw about('seal-file-exposed', path)
    return readFileSync(opened)
  } finally {
    closeSync(opened)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw about('seal-file-missing', path)
    throw error
  }
}

/** Neither the place where it stands nor what a link there leads to. */
function assertOutside(path: string, home: string): void {
  const inside = `${resolved(home)}${sep}`
  const places = [join(resolved(dirname(path)), basename(path)), resolved(path)]
  if (places.some((place) => place.startsWith(inside))) throw about('seal-file-in-home', path)
}

/** Where a path leads, links followed as far as it exists. */
function resolved(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT') || dirname(path) === path) throw error
    return join(resolved(dirname(path)), basename(path))
  }
}

function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

const about = (code: 'seal-file-missing' | 'seal-file-exposed' | 'seal-file-in-home', path: string) =>
  new KeysError(code, { nb: `(${path})`, en: `(${path})` })

const notAKey = (path: string) =>
  new KeysError('seal-not-valid', {
    nb: `${path} er ikke en nøkkelfil som Hevd har laget.`,
    en: `${path} is not a key file that Hevd made.`,
  })

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
