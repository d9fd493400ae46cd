import { screenLocks, type ValueOf } from '@hevd/facts'
import { type Collector, collected, type Gap, needsRight, partialWithout, rootRight } from '../collector.ts'
import { gnomeLock } from '../desktop/gnome.ts'
import { kdeLock } from '../desktop/kde.ts'
import type { HostAccess } from '../host/access.ts'
import { parsePasswd } from './name-service.ts'

type Seen = { readonly values: readonly ValueOf<typeof screenLocks>[]; readonly gap: Gap }

/** Whether the screens of this host's desktops lock by themselves. A host without GNOME or KDE has none. */
export const screenLockCollector: Collector = {
  name: 'screen-lock',
  types: [screenLocks.name],
  title: { nb: 'Skjermlås', en: 'Screen lock' },
  interval: 'PT10M',
  collect: async (access) => {
    const found = [
      ...((await isThere(access, '/usr/bin/gnome-shell')) ? [await ofGnome(access)] : []),
      ...((await isThere(access, '/usr/bin/plasmashell')) ? [await ofKde(access)] : []),
    ]
    const gap = found.find((one) => one.gap !== null)?.gap ?? null
    return collected(
      screenLocks,
      access.host.id,
      found.flatMap(({ values }) => values),
      gap,
    )
  },
}

async function isThere({ files }: HostAccess, path: string): Promise<boolean> {
  return (await files.status(path)).kind === 'seen'
}

/** People's own dconf databases are binary and are not read: the administrator's settings count where they are locked. */
async function ofGnome(access: HostAccess): Promise<Seen> {
  const host = access.host.id
  const { locks, after, mandatory, stale } = await gnomeLock(access.files)
  const values = [{ host, desktop: 'gnome' as const, account: null, locks, after }]
  if (stale !== null) return { values: [], gap: partialWithout(`dconf update (${stale})`) }
  if (mandatory) return { values, gap: null }
  const own = await Promise.all(
    (await homes(access)).map(async ({ account, home }) => ({
      account,
      settings: await access.files.status(`${home}/.config/dconf/user`),
    })),
  )
  if (own.some(({ settings }) => settings.kind === 'refused'))
    return { values: [], gap: needsRight(rootRight) }
  const free = own.filter(({ settings }) => settings.kind === 'seen').map(({ account }) => account)
  if (free.length === 0) return { values, gap: null }
  const missing = `GNOME: ${free.slice(0, 5).join(', ')} (/etc/dconf/db/local.d/locks)`
  return { values: [], gap: partialWithout(missing) }
}

async function ofKde(access: HostAccess): Promise<Seen> {
  const host = access.host.id
  const { files } = access
  const system = await files.text('/etc/xdg/kscreenlockerrc')
  const weakest = system.kind === 'seen' ? [system.value] : []
  const own = await Promise.all(
    (await homes(access)).map(async ({ account, home }) => ({
      account,
      text: await files.text(`${home}/.config/kscreenlockerrc`),
    })),
  )
  const values = [
    { host, desktop: 'kde' as const, account: null, ...kdeLock(weakest) },
    ...own.flatMap(({ account, text }) =>
      text.kind === 'seen'
        ? [{ host, desktop: 'kde' as const, account, ...kdeLock([...weakest, text.value]) }]
        : [],
    ),
  ]
  const refused = own.some(({ text }) => text.kind === 'refused')
  return { values, gap: refused ? needsRight(rootRight) : null }
}

/** Homes of people: accounts of the password file with a person's number, and every folder of /home. */
async function homes({ files }: HostAccess): Promise<{ readonly account: string; readonly home: string }[]> {
  const passwd = await files.text('/etc/passwd')
  const rows = passwd.kind === 'seen' ? parsePasswd(passwd.value) : []
  const people = rows
    .filter(({ uid }) => uid >= 1000 && uid < 65_000)
    .map(({ name, home }) => ({ account: name, home }))
  const listed = await files.list('/home')
  const folders =
    listed.kind === 'seen' ? listed.value.map((name) => ({ account: name, home: `/home/${name}` })) : []
  const known = new Set(people.map(({ home }) => home))
  return [...people, ...folders.filter(({ home }) => !known.has(home))]
}
