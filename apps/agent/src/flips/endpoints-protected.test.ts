import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect } from './collect.ts'
import { judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const screenLocks = 'endpoints-protected/screen-locks'

/** A workstation of Kari's with this desktop's program; /etc and /home are its own. */
const workstation = (program: string) => `
layer() { mkdir -p /mnt/up$1 /mnt/work$1; mount -t overlay o -o lowerdir=$1,upperdir=/mnt/up$1,workdir=/mnt/work$1 $1; }
layer /etc; layer /usr/bin; mount -t tmpfs tmpfs /home
touch /usr/bin/${program}
echo 'kari:x:1000:1000::/home/kari:/bin/bash' >> /etc/passwd
install -d -o 1000 -g 1000 /home/kari /home/kari/.config
kari() { setpriv --reuid 1000 --regid 1000 --clear-groups env -i HOME=/home/kari PATH=$PATH "$@"; }
`

/** What the agent sees, and what the desktop's own programs told Kari. */
async function look(program: string, state: string) {
  const folder = folderWith({ told: '' })
  const seen = await collect(
    { collectors: ['screen-lock'] },
    { state: `${workstation(program)}\ntold=${folder.at('told')}\n${state}` },
  )
  const judged = judge(seen, screenLocks, { host: { role: 'workstation' } })
  return { judged, told: readFileSync(folder.at('told'), 'utf8').trim().split('\n') }
}

describe('GNOME, with the settings that dconf compiled and GSettings reads', () => {
  const settings = (idle: number, enabled: boolean) => `
mkdir -p /etc/dconf/profile /etc/dconf/db/local.d/locks
printf 'user-db:user\\nsystem-db:local\\n' > /etc/dconf/profile/user
cat > /etc/dconf/db/local.d/00-lock <<'END'
[org/gnome/desktop/session]
idle-delay=uint32 ${idle}
[org/gnome/desktop/screensaver]
lock-enabled=${enabled}
lock-delay=uint32 0
END
`
  const mandatory = `
printf '/org/gnome/desktop/%s\\n' session/idle-delay screensaver/lock-enabled screensaver/lock-delay > /etc/dconf/db/local.d/locks/screen
`
  const ask = `
kari dbus-run-session -- sh -c '
  gsettings get org.gnome.desktop.session idle-delay
  gsettings get org.gnome.desktop.screensaver lock-enabled' > $told
`
  const kariNeverLocks = `
kari dbus-run-session -- gsettings set org.gnome.desktop.session idle-delay 0 || true
`
  test.each([
    ['locks in time, by lock', settings(900, true), ['uint32 900', 'true'], verdict('holds')],
    [
      'a second too late, the known-bad twin',
      settings(901, true),
      ['uint32 901', 'true'],
      verdict('fails', 'screen-stays-open'),
    ],
    [
      'asleep and not locked',
      settings(300, false),
      ['uint32 300', 'false'],
      verdict('fails', 'screen-stays-open'),
    ],
  ])('%s', async (_name, state, told, expected) => {
    const seen = await look('gnome-shell', `${state}${mandatory}dconf update\n${kariNeverLocks}${ask}`)
    expect(seen.told).toEqual(told)
    expect(seen.judged).toMatchObject({ h1: expected })
  })

  test('what Kari is free to turn off, and has, is not green', async () => {
    const seen = await look('gnome-shell', `${settings(300, true)}dconf update\n${kariNeverLocks}${ask}`)
    expect(seen.told).toEqual(['uint32 0', 'true'])
    expect(seen.judged).toMatchObject({ h1: verdict('unknown', 'unseen-partial') })
  })

  test('what was written and never put in force is not believed', async () => {
    const seen = await look(
      'gnome-shell',
      `${settings(300, false)}dconf update\n sleep 1.1\n${settings(300, true)}${mandatory}${ask}`,
    )
    expect(seen.told).toEqual(['uint32 300', 'false'])
    expect(seen.judged).toMatchObject({ h1: verdict('unknown', 'unseen-partial') })
  })
})

describe('KDE Plasma, with settings as KConfig writes and reads them', () => {
  const write = (who: string, file: string, key: string, value: string) =>
    `${who} kwriteconfig5 --file ${file} --group Daemon --key '${key}' ${value}\n`
  const system = (key: string, value: string) => write('', '/etc/xdg/kscreenlockerrc', key, value)
  const own = (key: string, value: string) => write('kari', 'kscreenlockerrc', key, value)
  const ask = `
chmod -f 644 /etc/xdg/kscreenlockerrc || true
for key in Autolock:true Timeout:5 LockGrace:5; do
  kari kreadconfig5 --file kscreenlockerrc --group Daemon --key \${key%%:*} --default \${key##*:}
done > $told
`
  test.each([
    ['as it comes', '', ['true', '5', '5'], verdict('holds')],
    [
      'that Kari has turned off, the known-bad twin',
      system('Timeout', '10') + own('Autolock', 'false'),
      ['false', '10', '5'],
      verdict('fails', 'screen-stays-open'),
    ],
    [
      'that Kari wants off and the administrator has fixed',
      `${own('Autolock', 'false')}printf '[Daemon]\\nAutolock[$i]=true\\n' > /etc/xdg/kscreenlockerrc\n`,
      ['true', '5', '5'],
      verdict('holds'),
    ],
    [
      'of which the administrator has fixed the whole group',
      `${own('Timeout', '600')}printf '[Daemon][$i]\\nTimeout=10\\n' > /etc/xdg/kscreenlockerrc\n`,
      ['true', '10', '5'],
      verdict('holds'),
    ],
    [
      'of which the administrator has fixed the whole file',
      `${own('Timeout', '600')}printf '[$i]\\n[Daemon]\\nTimeout=10\\n' > /etc/xdg/kscreenlockerrc\n`,
      ['true', '10', '5'],
      verdict('holds'),
    ],
    [
      'of which something else is fixed',
      `${own('Autolock', 'false')}printf '[Daemon]\\nTimeout[$i]=10\\n' > /etc/xdg/kscreenlockerrc\n`,
      ['false', '10', '5'],
      verdict('fails', 'screen-stays-open'),
    ],
  ])('%s', async (_name, state, told, expected) => {
    const seen = await look('plasmashell', `mkdir -p /etc/xdg\n${state}${ask}`)
    expect(seen.told).toEqual(told)
    expect(seen.judged).toMatchObject({ h1: expected })
  })
})
