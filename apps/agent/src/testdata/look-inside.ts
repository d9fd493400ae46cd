import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Collected } from '../collector.ts'
import type { LookAt } from '../config.ts'

export type LookRequest = {
  readonly collector: string
  /** Gives up root first. */
  readonly ordinary?: boolean
  readonly look?: Partial<LookAt>
}

/** What is put in place of the system's own, by path; gone when the command ends. */
export type Mounts = { readonly [path: string]: string }

const run = promisify(execFile)
const fixture = fileURLToPath(new URL('look.fixture.ts', import.meta.url))

/** Runs a command in a mount namespace of its own, with these files and folders in the places of the system's. */
export async function inside(mounts: Mounts, command: readonly string[]): Promise<string> {
  const binds = Object.entries(mounts).flatMap(([path, source]) => [source, path])
  const script = `n=$1; shift; while [ "$n" -gt 0 ]; do mount --bind "$1" "$2" || exit 99; shift 2; n=$((n - 1)); done; exec "$@"`
  const count = String(Object.keys(mounts).length)
  const { stdout } = await run('unshare', ['-m', 'sh', '-c', script, 'inside', count, ...binds, ...command], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout
}

/** What a collector sees in such a namespace. */
export async function lookInside(mounts: Mounts, request: LookRequest): Promise<Collected> {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', fixture, JSON.stringify(request)]
  return JSON.parse(await inside(mounts, node))
}

/** The values of one type of fact. */
export function valuesOf({ facts }: Collected, type: string): readonly unknown[] {
  return facts.flatMap((fact) => (fact.type === type ? [fact.value] : []))
}
