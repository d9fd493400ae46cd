import { utimesSync } from 'node:fs'
import { screenLocks } from '@hevd/facts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { firstSeenInMemory } from '../first-seen.ts'
import { hostAccess } from '../host/access.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { screenLockCollector } from './screen-lock.ts'

cleansUpBy(onTestFinished)

type Files = { readonly [path: string]: string }

/** What the collector says of a system of these files; `dconf update` was run a second after the others were written. */
async function look(files: Files, updated = true) {
  const folder = folderWith({ 'etc/passwd': 'ola:x:1000:1000::/home/ola:/bin/bash\n', ...files })
  if ('etc/dconf/db/local' in files) {
    const written = new Date('2026-06-15T12:00:00Z')
    for (const path of Object.keys(files)) utimesSync(folder.at(path), written, written)
    const compiled = new Date(written.getTime() + (updated ? 1000 : -1000))
    utimesSync(folder.at('etc/dconf/db/local'), compiled, compiled)
  }
  const access = hostAccess({
    host: { id: 'h1', name: 'here' },
    root: folder.path,
    isRoot: true,
    kernel: { release: '6.1', version: '#1' },
    firstSeen: firstSeenInMemory(),
    now: () => 0,
  })
  const { facts, coverage } = await screenLockCollector.collect(access)
  return { locks: facts.map(({ value }) => screenLocks.parse(value)), state: coverage[0] }
}

const gnome = { 'usr/bin/gnome-shell': '' }
const settings = (idle: number, enabled = true) => ({
  ...gnome,
  'etc/dconf/profile/user': 'user-db:user\nsystem-db:local\n',
  'etc/dconf/db/local': 'GVariant',
  'etc/dconf/db/local.d/00-lock': `[org/gnome/desktop/session]
# seconds
idle-delay=uint32 ${idle}
[org/gnome/desktop/screensaver]
lock-enabled=${enabled}
lock-delay=uint32 10
`,
})
const locked = {
  'etc/dconf/db/local.d/locks/lock': `/org/gnome/desktop/session/idle-delay
/org/gnome/desktop/screensaver/lock-enabled
/org/gnome/desktop/screensaver/lock-delay
`,
}
const own = { 'home/ola/.config/dconf/user': 'GVariant' }

describe('GNOME', () => {
  test.each<[string, Files, object]>([
    ['as it comes', gnome, { locks: true, after: 300 }],
    ['as the administrator says', settings(600), { locks: true, after: 610 }],
    ['that never falls asleep never locks', settings(0), { locks: false, after: null }],
    ['that does not lock', settings(600, false), { locks: false, after: null }],
    [
      'that people cannot set otherwise',
      { ...settings(600), ...locked, ...own },
      { locks: true, after: 610 },
    ],
  ])('%s', async (_name, files, expected) => {
    const { locks, state } = await look(files)
    expect(locks).toMatchObject([{ desktop: 'gnome', account: null, ...expected }])
    expect(state).toMatchObject({ state: 'complete' })
  })

  test('what people have set themselves is not known', async () => {
    const { locks, state } = await look({ ...settings(600), ...own })
    expect(locks).toEqual([])
    expect(state).toMatchObject({ state: 'partial', detail: 'GNOME: ola (/etc/dconf/db/local.d/locks)' })
  })

  test('settings that were written and not put in force are not known', async () => {
    const { state } = await look({ ...settings(600), ...locked }, false)
    expect(state).toMatchObject({ state: 'partial', detail: 'dconf update (/etc/dconf/db/local.d)' })
  })

  test('a text that no profile names counts for nothing', async () => {
    const { 'etc/dconf/profile/user': _, ...without } = settings(0)
    expect((await look(without)).locks).toMatchObject([{ locks: true, after: 300 }])
  })
})

test('KDE Plasma: the system’s settings, and those of each account over them', async () => {
  const { locks, state } = await look({
    'usr/bin/plasmashell': '',
    'etc/xdg/kscreenlockerrc': '[Daemon]\nTimeout=10\nLockGrace=0\n',
    'home/ola/.config/kscreenlockerrc': '[Daemon][$i]\nAutolock=false\n',
    'home/kari/.config/kscreenlockerrc': '[Greeter]\nAutolock=false\n[Daemon]\nTimeout[$i]=2\n',
  })
  expect(locks).toMatchObject([
    { account: null, locks: true, after: 600 },
    { account: 'ola', locks: false, after: null },
    { account: 'kari', locks: true, after: 120 },
  ])
  expect(state).toMatchObject({ state: 'complete' })
})

test('a machine without a desktop was looked at, and has none', async () => {
  expect(await look({})).toMatchObject({ locks: [], state: { state: 'complete' } })
})
