import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { goEnvironment } from '../testdata/config.ts'

export type Question =
  | { do: 'open'; note: string; keys: readonly string[]; size: number; root: string }
  | { do: 'sign'; name: string; text: string }
  | { do: 'inclusion'; size: number; root: string; index: number; leaf: string; path: readonly string[] }
  | {
      do: 'consistency'
      size: number
      root: string
      from: number
      fromRoot: string
      path: readonly string[]
    }
export type Answer = {
  readonly error: string
  readonly count: number
  readonly note?: string
  readonly key?: string
}

export type Checker = { ask(question: Question): Promise<Answer>; stop(): Promise<void> }

/** Compiles `checker.go` against Debian's golang.org/x/mod, without network, and starts it. */
export async function startChecker(): Promise<Checker> {
  const folder = await mkdtemp(join(tmpdir(), 'hevd-checker-'))
  const program = join(folder, 'checker')
  const source = join(import.meta.dirname, 'checker.go')
  await promisify(execFile)('go', ['build', '-o', program, source], { env: goEnvironment(folder) })
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      const { value, done } = await lines.next()
      if (done === true) throw new Error('The checker has ended')
      return JSON.parse(value)
    },
    async stop() {
      child.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
