import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerConfig } from '@hevd/server'
import pino, { type Logger } from 'pino'

/** The server's log as JSON lines in `<home>/log/hevd.log`, 0600; warnings and worse also on standard error. */
export function serverLog({ home, logLevel }: Pick<ServerConfig, 'home' | 'logLevel'>): Logger {
  const folder = join(home, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = pino.destination({ dest: join(folder, 'hevd.log'), sync: true, mode: 0o600 })
  return pino(
    { level: logLevel },
    pino.multistream([
      { level: 'trace', stream: file },
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
