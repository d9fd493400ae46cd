import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { backupsFileOf } from '@hevd/archive/plans'
import { superviseProcess } from '../supervise-process.ts'

const program = fileURLToPath(new URL('keep/keep-process.ts', import.meta.url))

/**
 * Runs `hevd backups keep` as a process of its own while there is a backups.json, again when it ends, until we do: what it
 * breaks on breaks nothing else. Its log is `backups.log`.
 */
export function superviseBackups(home: string, environment: NodeJS.ProcessEnv): { stop(): Promise<void> } {
  const wanted = () => existsSync(backupsFileOf(home))
  return superviseProcess({ program, home, name: 'backups', environment, wanted })
}
