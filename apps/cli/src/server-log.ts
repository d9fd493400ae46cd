import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { rotatingFile } from '@hevd/agent'
import type { ServerConfig } from '@hevd/server'
import pino, { type Logger } from 'pino'
import { wallClock } from './clock.ts'

/** pino's number of a warning. */
const warn = 40

/**
 * The server's log as JSON lines in `<home>/log/hevd.log`, rotated; warnings and worse also on standard error. On a full
 * disk the server goes on, and what it says waits for room.
 */
export function serverLog({ home, logLevel }: Pick<ServerConfig, 'home' | 'logLevel'>): Logger {
  const folder = join(home, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lost = (lines: number) =>
    `${JSON.stringify({ level: warn, time: wallClock(), msg: `${lines} lines had no room on the disk` })}\n`
  const file = rotatingFile(join(folder, 'hevd.log'), lost)
  return pino(
    { level: logLevel },
    pino.multistream([
      { level: 'trace', stream: { write: file.write } },
      { level: 'warn', stream: { write: (line) => process.stderr.write(plain(line)) } },
    ]),
  )
}

/** A line of the log as people read it: when and what; the whole stands in the file. */
function plain(line: string): string {
  const { time, msg, err }: { time: number; msg?: string; err?: { message?: string } } = JSON.parse(line)
  const cause = err?.message === undefined ? '' : `: ${err.message.split('\n')[0]}`
  return `${new Date(time).toISOString().slice(11, 19)} ${msg ?? ''}${cause}\n`
}
