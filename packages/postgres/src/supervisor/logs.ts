import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** As `log_filename` and `log_rotation_size` have them; by name the files are in order of time. */
export const LOG_FILENAME = 'postgres-%Y%m%dT%H%M%SZ.log'
export const LARGEST_LOG = '10MB'
const MOST_LOGS = 5

/** Log files that PostgreSQL wrote, the oldest first. */
export async function logFiles(logs: string): Promise<string[]> {
  const names = await readdir(logs)
  return names
    .filter((name) => /^postgres-\d{8}T\d{6}Z\.log$/.test(name))
    .sort()
    .map((name) => join(logs, name))
}

/** PostgreSQL begins a new file at that size and removes none: all but the newest go. */
export async function removeOldLogs(logs: string): Promise<void> {
  const files = await logFiles(logs)
  await Promise.all(files.slice(0, -MOST_LOGS).map((file) => rm(file, { force: true })))
}

/** The last complaint in a log, or else its last line; empty for an empty one. */
export async function lastComplaint(path: string, from = 0): Promise<string> {
  const lines = (await readFile(path)).subarray(from).toString('utf8').trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? ''
}
