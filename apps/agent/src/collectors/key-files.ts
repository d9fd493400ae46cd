import { keyFiles, type ValueOf } from '@hevd/facts'
import {
  type Collector,
  collected,
  failedBy,
  firstGap,
  needsRight,
  partialWithout,
  rootRight,
} from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { openTo } from '../host/open-to.ts'
import { findKeyFiles } from '../key-files/finding.ts'
import { recognise } from '../key-files/recognise.ts'
import { whyNot } from './accounts.ts'

/** Past so many files with such names the rest is not looked into. */
const most = 5000

/** Private keys and settings with secrets on this host's own disks: where they lie and who may read them. */
export const keyFilesCollector: Collector = {
  name: 'key-files',
  types: [keyFiles.name],
  title: { nb: 'Filer med nøkler', en: 'Files with keys' },
  interval: 'PT6H',
  collect: async (access) => {
    const host = access.host.id
    const ran = await access.run('find', findKeyFiles, { timeout: 300_000 })
    if (ran.kind === 'absent') return collected(keyFiles, host, [], needsRight('find (findutils)'))
    // It ends with 1 where it may not enter a folder, or one goes away meanwhile.
    if (ran.kind !== 'ran' || ran.code > 1)
      return collected(keyFiles, host, [], failedBy(`find: ${whyNot(ran)}`))
    const paths = ran.out.split('\0').filter((path) => path !== '')
    const found: ValueOf<typeof keyFiles>[] = []
    let hidden = 0
    for (const path of paths.slice(0, most)) {
      const file = await factOf(access, path)
      if (file === 'refused') hidden += 1
      else if (file !== null) found.push(file)
    }
    return collected(
      keyFiles,
      host,
      found,
      firstGap(
        access.isRoot && hidden === 0 ? null : needsRight(rootRight),
        paths.length <= most ? null : partialWithout(`${paths.length - most} more`),
      ),
    )
  },
}

async function factOf(
  access: HostAccess,
  path: string,
): Promise<ValueOf<typeof keyFiles> | 'refused' | null> {
  const text = await access.files.text(path, 256 * 1024).catch(() => null)
  if (text?.kind === 'refused') return 'refused'
  const held = text?.kind === 'seen' ? recognise(path, text.value) : null
  if (held === null) return null
  const status = await access.files.status(path)
  if (status.kind !== 'seen') return status.kind === 'refused' ? 'refused' : null
  const open = await openTo(access.files, path, status.value, 'read')
  if (open.kind !== 'seen') return open.kind === 'refused' ? 'refused' : null
  return { host: access.host.id, path, ...held, mode: status.value.mode, openTo: open.value }
}
