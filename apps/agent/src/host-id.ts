import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { AgentError } from './errors.ts'
import type { HostIdentity } from './host/access.ts'

/**
 * Who this host is: the id in `<folder>/host-id`, made on first use and kept for good, and the host's own name. Of two
 * processes that make one at the same time the first wins. Throws AgentError `host-id-damaged` on a file that holds
 * no id: a host that is taken for a new one would leave its old self to fall silent.
 */
export function hostIdentity(folder: string): HostIdentity {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'host-id')
  return { id: read(path) ?? make(folder, path), name: hostname() }
}

function read(path: string): string | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text
  throw new AgentError('host-id-damaged', { path })
}

/** Written whole beside its place and linked there, so that nobody ever reads half of one. */
function make(folder: string, path: string): string {
  const id = randomUUID()
  const beside = join(folder, `.host-id-${id}`)
  writeFileSync(beside, `${id}\n`, { mode: 0o644, flag: 'wx', flush: true })
  try {
    linkSync(beside, path)
    syncFolder(folder)
    return id
  } catch (error) {
    const first = codeOf(error) === 'EEXIST' ? read(path) : null
    if (first === null) throw error
    return first
  } finally {
    rmSync(beside, { force: true })
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : ''
}
