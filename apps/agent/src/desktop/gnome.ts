import type { Files } from '../host/files.ts'
import { parseKeyFile, wholeNumber } from './key-file.ts'

/** What decides when GNOME locks the screen, as dconf(7) has it: the usual values of GNOME where nobody says otherwise. */
export type GnomeLock = {
  readonly locks: boolean
  /** Seconds. */
  readonly after: number | null
  /** Nobody can set it otherwise for themselves. */
  readonly mandatory: boolean
}

const keys = {
  idle: 'org/gnome/desktop/session/idle-delay',
  enabled: 'org/gnome/desktop/screensaver/lock-enabled',
  delay: 'org/gnome/desktop/screensaver/lock-delay',
} as const
const usual = { idle: 300, enabled: true, delay: 0 }

/**
 * The administrator's settings: the key files below `/etc/dconf/db/<name>.d`, of the databases that the profile names,
 * where `dconf update` has been run since. A text that is newer than its database is not in force: `stale` names it.
 */
export async function gnomeLock(files: Files): Promise<GnomeLock & { readonly stale: string | null }> {
  const values = new Map<string, string>()
  const locked = new Set<string>()
  let stale: string | null = null
  for (const name of (await systemDatabases(files)).toReversed()) {
    const folder = `/etc/dconf/db/${name}.d`
    if (await isNewer(files, folder, `/etc/dconf/db/${name}`)) stale ??= folder
    for (const text of await textsOf(files, folder))
      for (const [key, value] of parseKeyFile(text).values) values.set(key, value)
    for (const text of await textsOf(files, `${folder}/locks`))
      for (const line of text.split('\n')) if (line.startsWith('/')) locked.add(line.trim().slice(1))
  }
  const idle = wholeNumber(values.get(keys.idle)) ?? usual.idle
  const delay = wholeNumber(values.get(keys.delay)) ?? usual.delay
  const locks = (values.get(keys.enabled) ?? String(usual.enabled)) === 'true' && idle > 0
  const mandatory = Object.values(keys).every((key) => locked.has(key))
  return { locks, after: locks ? idle + delay : null, mandatory, stale }
}

/** Names of the profile's `system-db` lines, the strongest first; without a profile there are none. */
async function systemDatabases(files: Files): Promise<string[]> {
  const profile = await files.text('/etc/dconf/profile/user')
  if (profile.kind !== 'seen') return []
  return profile.value.split('\n').flatMap((line) => /^\s*system-db:(\S+)/.exec(line)?.[1] ?? [])
}

async function textsOf(files: Files, folder: string): Promise<string[]> {
  const listed = await files.list(folder)
  const names = listed.kind === 'seen' ? listed.value : []
  const texts = await Promise.all(names.map((name) => files.text(`${folder}/${name}`)))
  return texts.flatMap((text) => (text.kind === 'seen' ? [text.value] : []))
}

async function isNewer(files: Files, folder: string, database: string): Promise<boolean> {
  const compiled = await files.status(database)
  const stamps = await Promise.all(
    [folder, `${folder}/locks`].map(async (path) => {
      const listed = await files.list(path)
      const names = listed.kind === 'seen' ? listed.value : []
      return Promise.all(names.map((name) => files.status(`${path}/${name}`)))
    }),
  )
  const changed = stamps
    .flat()
    .flatMap((status) =>
      status.kind === 'seen' && status.value.kind === 'file' ? [status.value.modified] : [],
    )
  if (changed.length === 0) return false
  return compiled.kind !== 'seen' || changed.some((at) => at > compiled.value.modified)
}
