import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ArchiveError, type SettingsFile, settingsIn } from '@hevd/archive'

/** Makes backups.json, 0600. Throws ArchiveError `settings-exist`, and as `settingsIn`. */
export function makeSettings(path: string, file: SettingsFile): void {
  if (existsSync(path)) throw new ArchiveError('settings-exist', { path })
  write(path, file)
}

/** Changes backups.json; what somebody wrote there in another order stays so. Throws as `readSettings`, and `change` does. */
export function changeSettings(path: string, change: (file: SettingsFile) => SettingsFile): void {
  const now: SettingsFile = JSON.parse(readFileSync(path, 'utf8'))
  write(path, change(now))
}

/** Whole or not at all, and only what can be read again. */
function write(path: string, file: SettingsFile): void {
  settingsIn(path, file)
  const unfinished = `${path}.unfinished`
  rmSync(unfinished, { force: true })
  writeFileSync(unfinished, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(unfinished, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
