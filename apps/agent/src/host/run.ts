import { type SpawnOptionsWithStdioTuple, type StdioNull, type StdioPipe, spawn } from 'node:child_process'
import { AgentError } from '../errors.ts'
import { permitted } from './allowed.ts'
import type { Files } from './files.ts'

/** What became of a command. What it printed is text; a signal counts as code 128. */
export type Ran =
  | { readonly kind: 'ran'; readonly code: number; readonly out: string; readonly errors: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'timed-out'; readonly after: number }
  | { readonly kind: 'too-much'; readonly maxBytes: number }

export type Limits = {
  /** Milliseconds. */
  readonly timeout?: number
  /** Of output, of both kinds together. */
  readonly maxBytes?: number
  /** Gives up root for the command: uid and gid 65534 and no other group. */
  readonly unprivileged?: boolean
  /** Becomes this account for the command, with no other group; only where the agent is root. */
  readonly as?: { readonly uid: number; readonly gid: number }
}

const usual = { timeout: 20_000, maxBytes: 16 * 1024 * 1024 }
const nobody = 65_534
const quiet = { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }

/**
 * Runs a command of the allow-list without a shell, in the root that is looked at, with bounded time and output.
 * Throws AgentError `command-not-allowed` on anything else.
 */
export async function runAllowed(
  files: Files,
  root: string,
  command: string,
  args: readonly string[],
  limits: Limits = {},
): Promise<Ran> {
  const paths = permitted(command, args)
  if (paths === null) throw new AgentError('command-not-allowed', { command })
  for (const path of paths) {
    const found = await files.status(path)
    if (found.kind !== 'seen' || found.value.kind !== 'file') continue
    return execute(path, args, { ...usual, ...limits }, root)
  }
  return { kind: 'absent' }
}

function execute(
  path: string,
  args: readonly string[],
  limits: Limits & typeof usual,
  root: string,
): Promise<Ran> {
  const wanted = limits.unprivileged === true ? { uid: nobody, gid: nobody } : limits.as
  const identity = process.geteuid?.() === 0 ? wanted : undefined
  const inside = root !== '/'
  const spec = identity === undefined ? [] : [`--userspec=${identity.uid}:${identity.gid}`, '--groups=']
  const child = inside
    ? spawn('/usr/sbin/chroot', [...spec, root, path, ...args], ofItsOwn)
    : spawn(path, args, { ...ofItsOwn, ...identity })
  return new Promise((done, broken) => {
    const out: Buffer[] = []
    const errors: Buffer[] = []
    let total = 0
    let early: Ran | null = null
    const stop = (why: Ran) => {
      early ??= why
      kill(child.pid)
    }
    const timer = setTimeout(() => stop({ kind: 'timed-out', after: limits.timeout }), limits.timeout)
    const take = (into: Buffer[]) => (chunk: Buffer) => {
      total += chunk.length
      if (total > limits.maxBytes) stop({ kind: 'too-much', maxBytes: limits.maxBytes })
      else into.push(chunk)
    }
    child.stdout.on('data', take(out))
    child.stderr.on('data', take(errors))
    child.on('error', (error) => {
      clearTimeout(timer)
      broken(error)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      done(early ?? { kind: 'ran', code: code ?? 128, out: text(out), errors: text(errors) })
    })
  })
}

/** A process group of its own, so that what the command started ends with it. */
const ofItsOwn = {
  cwd: '/',
  env: quiet,
  detached: true,
  stdio: ['ignore', 'pipe', 'pipe'],
} satisfies SpawnOptionsWithStdioTuple<StdioNull, StdioPipe, StdioPipe>

function kill(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
