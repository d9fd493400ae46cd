import { posix } from 'node:path'
import type { HostAccess } from '../host/access.ts'

export const mainFile = '/etc/sudoers'

/** Whether every file that sudo reads may be read, and whether sudo trusts it. */
export type SudoersFiles =
  | { readonly kind: 'sound' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'distrusted'; readonly path: string; readonly why: string }

const mostFiles = 1_000

/**
 * Walks the files that sudoers(5) includes. sudo leaves out a file that somebody else than root could have written;
 * cvtsudoers does not, so that such a file must be known before its output is believed.
 */
export async function lookAtSudoers(access: HostAccess): Promise<SudoersFiles> {
  const todo = [mainFile]
  const done = new Set<string>()
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    if (done.has(path) || done.size > mostFiles) continue
    done.add(path)
    const [status, text] = await Promise.all([access.files.status(path), access.files.text(path)])
    if (status.kind === 'refused' || text.kind === 'refused') return { kind: 'refused' }
    if (status.kind === 'absent' || text.kind === 'absent') {
      if (path === mainFile) return { kind: 'absent' }
      continue
    }
    const { uid, gid, mode } = status.value
    if (uid !== 0) return { kind: 'distrusted', path, why: `owner ${uid}` }
    if ((mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== 0))
      return { kind: 'distrusted', path, why: `mode ${mode.toString(8)}` }
    for (const include of includesIn(text.value, access.host.name)) {
      const target = posix.resolve(posix.dirname(path), include.path)
      if (!include.directory) todo.push(target)
      else {
        const names = await access.files.list(target)
        if (names.kind === 'refused') return { kind: 'refused' }
        if (names.kind === 'seen') todo.push(...names.value.filter(isRead).map((name) => `${target}/${name}`))
      }
    }
  }
  return { kind: 'sound' }
}

/** In a folder, names with a dot and names that end in `~` are left out. */
function isRead(name: string): boolean {
  return !name.includes('.') && !name.endsWith('~')
}

export type Include = { readonly path: string; readonly directory: boolean }

/** Includes of sudoers(5), in both spellings; `%h` is the short host name. */
export function includesIn(text: string, hostName: string): Include[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*[#@]include(dir)?\s+("[^"]+"|(?:\\.|[^\s\\])+)/.exec(line)
    if (found?.[2] === undefined) return []
    const path = found[2]
      .replace(/^"|"$/g, '')
      .replace(/\\(.)/g, '$1')
      .replace(/%h/g, hostName.split('.')[0] ?? '')
    return [{ path, directory: found[1] !== undefined }]
  })
}
