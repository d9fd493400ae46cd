import { operatingSystems } from '@hevd/facts'
import { type Collector, collected, failedBy, needsRight } from '../collector.ts'

/** Release of the operating system and the running kernel. */
export const operatingSystemCollector: Collector = {
  name: 'operating-system',
  types: [operatingSystems.name],
  title: { nb: 'Operativsystem og kjerne', en: 'Operating system and kernel' },
  interval: 'PT10M',
  collect: async ({ host, files, kernel }) => {
    const own = await files.text('/etc/os-release')
    const release = own.kind === 'absent' ? await files.text('/usr/lib/os-release') : own
    if (release.kind === 'refused')
      return collected(operatingSystems, host.id, [], needsRight('read /etc/os-release'))
    if (release.kind === 'absent')
      return collected(operatingSystems, host.id, [], failedBy('there is no os-release file'))
    const fields = parseOsRelease(release.value)
    const id = fields.get('ID') ?? 'linux'
    const name = fields.get('PRETTY_NAME') ?? fields.get('NAME') ?? 'Linux'
    const version = fields.get('VERSION_ID') ?? ''
    return collected(operatingSystems, host.id, [
      { host: host.id, id, version, name, kernel: kernel.release },
    ])
  },
}

/** Assignments of os-release(5): shell-like, quoted by `"` or `'`; the last of a name counts. */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const found = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*?)\s*$/.exec(line)
      return found?.[1] === undefined ? [] : [[found[1], unquoted(found[2] ?? '')]]
    }),
  )
}

function unquoted(text: string): string {
  if (/^'.*'$/.test(text)) return text.slice(1, -1)
  const inner = /^".*"$/.test(text) ? text.slice(1, -1) : text
  return inner.replace(/\\(["$`\\'])/g, '$1')
}
