import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { rotatingFile } from '@hevd/agent'
import { wallClock } from './clock.ts'

const shortestPause = 1000
const longestPause = 60_000

export type SupervisedProcess = {
  /** The program's file. */
  readonly program: string
  /** `<HEVD_HOME>`. */
  readonly home: string
  /** What it says goes to `<home>/log/<name>.log`, rotated. */
  readonly name: string
  readonly environment: NodeJS.ProcessEnv
  /** Asked before each start; while it says no, nothing is started, and it is asked again. */
  readonly wanted?: () => boolean
}

/**
 * Runs a program as a process of its own, and again when it ends. It ends with us, however we end, where it reads its
 * standard input, which closes then.
 */
export function superviseProcess(given: SupervisedProcess): { stop(): Promise<void> } {
  const { program, home, name, environment, wanted = () => true } = given
  const stopping = new AbortController()
  const pauseFor = (time: number) =>
    sleep(time, undefined, { signal: stopping.signal }).catch(() => undefined)
  const folder = join(home, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lost = (lines: number) => `${JSON.stringify({ at: wallClock(), event: 'lines-lost', lines })}\n`
  const log = rotatingFile(join(folder, `${name}.log`), lost)
  let child: ChildProcess | undefined
  const running = (async () => {
    let pause = shortestPause
    while (!stopping.signal.aborted) {
      if (!wanted()) {
        await pauseFor(2 * shortestPause)
        continue
      }
      const began = performance.now()
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...environment, ...compiledBefore(), HEVD_HOME: home },
      })
      for (const stream of [child.stdout, child.stderr]) wholeLines(stream, log.write)
      const ended = new Promise((end) => child?.once('close', end))
      await ended
      if (performance.now() - began > longestPause) pause = shortestPause
      await pauseFor(pause)
      pause = Math.min(pause * 2, longestPause)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      child?.stdin?.end()
      child?.kill('SIGTERM')
      await running
      log.close()
    },
  }
}

/** Where Node finds what it has compiled of our code at earlier starts, if this process has such a place. */
function compiledBefore(): NodeJS.ProcessEnv {
  const ofThisNode = getCompileCacheDir()
  return ofThisNode === undefined ? {} : { NODE_COMPILE_CACHE: dirname(ofThisNode) }
}

/** Gives a stream's lines whole, as they come; the last one also where the stream ends within it. */
function wholeLines(stream: Readable | null, take: (lines: string) => void): void {
  let left = ''
  stream?.setEncoding('utf8').on('data', (text: string) => {
    left += text
    const end = left.lastIndexOf('\n') + 1
    if (end > 0) take(left.slice(0, end))
    left = left.slice(end)
  })
  stream?.once('end', () => {
    if (left !== '') take(`${left}\n`)
  })
}
