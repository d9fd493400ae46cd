import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RestoreUntil } from './options.ts'

/** A string of a configuration file; backslashes begin escapes there. */
const configured = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
/** A word of the shell, in which `%` is PostgreSQL's. */
const shellWord = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`.replaceAll('%', '%%')

/** What the server does when it is first started: `cp` fetches the log from the folder, nothing of Hevd is needed. */
export function recoverySettings(wal: string, until: RestoreUntil): string {
  const settings = [
    ['restore_command', `cp ${shellWord(wal)}/%f "%p"`],
    ['recovery_target_timeline', 'latest'],
    ['recovery_target_action', 'promote'],
    ...targetOf(until),
  ]
  const lines = settings.map(([name, value = '']) => `${name} = ${configured(value)}\n`)
  return `\n# How this copy was recovered.\n${lines.join('')}`
}

function targetOf(until: RestoreUntil): string[][] {
  if (until === 'latest') return []
  if (until === 'backup') return [['recovery_target', 'immediate']]
  if ('lsn' in until) return [['recovery_target_lsn', until.lsn]]
  return [['recovery_target_time', new Date(until.time).toISOString().replace('Z', '+00')]]
}

/** Only one target may be set: what an earlier restore of the same server left is taken out. */
export async function prepareRecovery(data: string, wal: string, until: RestoreUntil): Promise<void> {
  const path = join(data, 'postgresql.auto.conf')
  const kept = (await readFile(path, 'utf8')).split('\n').filter((line) => !/^\s*recovery_target/i.test(line))
  await writeFile(path, `${kept.join('\n')}${recoverySettings(wal, until)}`, { mode: 0o600 })
  await writeFile(join(data, 'recovery.signal'), '', { mode: 0o600 })
}
