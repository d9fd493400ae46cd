import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { AgentError } from '@hevd/agent'
import { type Target, targetOf } from '@hevd/agent/data-scan'

/** What a scan was given: HEVD_SCAN, a file of connections, and paths of the command line. */
export type Given = {
  readonly environment: string
  readonly file: string | null
  readonly paths: readonly string[]
}

/**
 * What is to be scanned. Throws AgentError `nothing-to-scan`, `scan-target-not-valid` (which names the place, never the
 * text), `setting-not-valid` for a file that is not there, or `settings-readable` for one that others can read.
 */
export function targetsOf({ environment, file, paths }: Given): Target[] {
  const inEnvironment = environment.split(/\s+/).filter(Boolean)
  const targets = [
    ...inEnvironment.map((text, at) => targetNamed(text, `HEVD_SCAN (${at + 1})`)),
    ...(file === null ? [] : linesOf(file)),
    ...paths.map((path): Target => {
      // A URL with a password does not belong on a command line, which every process can read.
      if (path.includes('://'))
        throw new AgentError('scan-target-not-valid', { name: path.replace(/:\/\/.*/, '://…') })
      return { kind: 'logs', path: resolve(path) }
    }),
  ]
  if (targets.length === 0) throw new AgentError('nothing-to-scan')
  return targets
}

function linesOf(path: string): Target[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new AgentError('setting-not-valid', { name: path, wants: '--from FILE' })
  }
  const lines = text.split('\n').map((line, at) => ({ line: line.trim(), at: at + 1 }))
  const targets = lines
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, at }) => targetNamed(line, `${path}:${at}`))
  const secret = targets.some((target) => target.kind !== 'logs' && new URL(target.url).password !== '')
  if (secret && (statSync(path).mode & 0o077) !== 0) throw new AgentError('settings-readable', { path })
  return targets
}

function targetNamed(text: string, name: string): Target {
  const target = targetOf(text)
  if (target === null) throw new AgentError('scan-target-not-valid', { name })
  return target
}
