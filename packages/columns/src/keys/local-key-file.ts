import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { ColumnsError } from '../errors.ts'
import { KEY_BYTES, type KeyProvider } from './provider.ts'

/**
 * Root keys in a file: one `hevd-columns-root:<id>:<32 bytes in base64url>` a line, of which the last wraps and all
 * unwrap. Wrapped: `local:<id>:<base64url of nonce (12) ‖ ciphertext ‖ tag (16)>`, AES-256-GCM with the id as
 * associated data. The file is read at each use and nothing of it is kept.
 */
const LINE = /^hevd-columns-root:([0-9a-f]{16}):([A-Za-z0-9_-]{43})$/
const WRAPPED = /^local:([0-9a-f]{16}):([A-Za-z0-9_-]+)$/
const NONCE = 12
const TAG = 16

type RootKey = { readonly id: string; readonly secret: KeyObject }

/** A provider for one host, or for tests. The file must be readable by its owner alone. */
export function localKeyFile(path: string): KeyProvider {
  const name = `the key file ${path}`
  const unfit = (cause?: unknown) => new ColumnsError('wrapped-unfit', { provider: name }, cause)

  async function unwrap(wrapped: string): Promise<Buffer> {
    const [, id, body] = WRAPPED.exec(wrapped) ?? []
    const root = (await readRootKeys(path)).find((each) => each.id === id)
    if (root === undefined || body === undefined) throw unfit()
    const bytes = Buffer.from(body, 'base64url')
    try {
      const decipher = createDecipheriv('aes-256-gcm', root.secret, bytes.subarray(0, NONCE))
      decipher.setAAD(Buffer.from(root.id))
      decipher.setAuthTag(bytes.subarray(-TAG))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()])
    } catch (error) {
      throw unfit(error)
    }
  }

  async function wrap(plain: Buffer): Promise<string> {
    const root = (await readRootKeys(path)).at(-1)
    if (root === undefined) throw new ColumnsError('key-file-malformed', { path, line: 1 })
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', root.secret, nonce)
    cipher.setAAD(Buffer.from(root.id))
    const body = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    return `local:${root.id}:${body.toString('base64url')}`
  }

  return {
    name,
    unwrap,
    async newDataKey() {
      const plain = randomBytes(KEY_BYTES)
      return { plain, wrapped: await wrap(plain) }
    },
    async rewrap(wrapped) {
      const plain = await unwrap(wrapped)
      try {
        return await wrap(plain)
      } finally {
        plain.fill(0)
      }
    },
  }
}

/** Makes the file, 0600, with one root key. Throws `key-file-exists` rather than write over one. */
export async function makeKeyFile(path: string): Promise<void> {
  const file = await opened(path, 'wx')
  try {
    await append(file)
  } finally {
    await file.close()
  }
}

/** Adds a root key to the file. New data keys are wrapped by it at once, those that exist after `rewrapKeys`. */
export async function addRootKey(path: string): Promise<void> {
  await readRootKeys(path)
  const file = await opened(path, 'a')
  try {
    await append(file)
  } finally {
    await file.close()
  }
}

async function append(file: FileHandle): Promise<void> {
  const secret = randomBytes(KEY_BYTES)
  await file.write(`hevd-columns-root:${randomBytes(8).toString('hex')}:${secret.toString('base64url')}\n`)
  secret.fill(0)
  await file.sync()
}

async function opened(path: string, flags: 'r' | 'wx' | 'a'): Promise<FileHandle> {
  try {
    return await open(path, flags, 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'EEXIST') throw new ColumnsError('key-file-exists', { path }, error)
    throw new ColumnsError('key-file-unreadable', { path, reason: code }, error)
  }
}

async function readRootKeys(path: string): Promise<RootKey[]> {
  const file = await opened(path, 'r')
  try {
    const status = await file.stat()
    if (!status.isFile()) throw new ColumnsError('key-file-unreadable', { path, reason: 'not a file' })
    const mode = status.mode & 0o777
    if ((mode & 0o077) !== 0)
      throw new ColumnsError('key-file-open-to-others', { path, mode: mode.toString(8).padStart(4, '0') })
    const bytes = await file.readFile()
    try {
      return rootKeys(bytes.toString('latin1'), path)
    } finally {
      bytes.fill(0)
    }
  } finally {
    await file.close()
  }
}

function rootKeys(text: string, path: string): RootKey[] {
  const lines = text.split('\n')
  const keys = lines.flatMap((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const [, id, encoded] = LINE.exec(line) ?? []
    const bytes = Buffer.from(encoded ?? '', 'base64url')
    if (id === undefined || bytes.length !== KEY_BYTES)
      throw new ColumnsError('key-file-malformed', { path, line: at + 1 })
    const secret = createSecretKey(bytes)
    bytes.fill(0)
    return [{ id, secret }]
  })
  if (keys.length === 0) throw new ColumnsError('key-file-malformed', { path, line: 1 })
  return keys
}
