import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect } from './collect.ts'
import { judge, verdict } from './judge.ts'
import { madeSystem, sshdWith } from './system.ts'

cleansUpBy(onTestFinished)

const speak = fileURLToPath(new URL('speak.fixture.ts', import.meta.url))
const speaks = (protocol: string, address: string, port: number) => `
ip addr add 192.0.2.10/32 dev lo 2>/dev/null || true
'${process.execPath}' --disable-warning=ExperimentalWarning '${speak}' ${protocol} ${address} ${port} &
for _ in $(seq 300); do (: < /dev/tcp/${address}/${port}) 2>/dev/null && break; sleep 0.1; done
: < /dev/tcp/${address}/${port}
`

describe('nothing speaks clear text to the network', () => {
  const noClearText = 'encrypted-remote-access/no-clear-text'
  test.each<[string, string, object]>([
    [
      'telnet on the network',
      speaks('telnet', '192.0.2.10', 2323),
      verdict('fails', 'clear-text-open', { sockets: ['telnet 192.0.2.10:2323/tcp'] }),
    ],
    ['telnet on loopback', speaks('telnet', '127.0.0.1', 2323), verdict('holds')],
    [
      'a web page beside it',
      speaks('telnet', '127.0.0.1', 2323) + speaks('http', '192.0.2.10', 8080),
      verdict('fails', 'clear-text-open', { sockets: ['http 192.0.2.10:8080/tcp'] }),
    ],
    ['SSH on every address', sshdWith('ListenAddress 0.0.0.0'), verdict('holds')],
  ])('%s', async (_name, state, expected) => {
    const seen = await collect({ collectors: ['sockets'] }, { mounts: madeSystem({}), state })
    expect(judge(seen, noClearText)).toMatchObject({ h1: expected })
  })

  test('what is not spoken to is not known', async () => {
    const what = { collectors: ['sockets'], look: { probing: false } }
    const seen = await collect(what, { mounts: madeSystem({}), state: sshdWith('') })
    expect(judge(seen, noClearText)).toMatchObject({ h1: verdict('unknown', 'protocol-unidentified') })
  })
})

describe('SSH offers no weak algorithm', () => {
  const strong = 'encrypted-remote-access/ssh-algorithms'
  const sound =
    'MACs hmac-sha2-256-etm@openssh.com\nKexAlgorithms curve25519-sha256\nHostKeyAlgorithms ssh-ed25519'
  const look = (state: string, ordinary = false) =>
    collect({ collectors: ['accounts', 'sshd'], ordinary }, { mounts: madeSystem({}), state })

  test('a weak cipher that is offered, and one in a file that no server reads', async () => {
    expect(judge(await look(sshdWith(`Ciphers aes256-ctr,aes128-cbc\n${sound}`)), strong)).toMatchObject({
      h1: verdict('fails', 'ssh-algorithms-weak', { algorithms: ['aes128-cbc'] }),
    })
    const unread = `f=$(mktemp); chmod 644 $f
echo 'Ciphers aes128-cbc' > $f
mount --bind $f /etc/ssh/sshd_config
${sshdWith(`Ciphers aes256-gcm@openssh.com\n${sound}`)}`
    expect(judge(await look(unread), strong)).toMatchObject({ h1: verdict('holds') })
  })

  test('without the right to read the configuration it is not known', async () => {
    const state = `${sshdWith('')}\nchmod 700 $d`
    expect(judge(await look(state, true), strong)).toMatchObject({ h1: { verdict: 'unknown' } })
  })
})

describe('other ways in are approved', () => {
  const approved = 'encrypted-remote-access/approved-paths'
  const running = (name: string) => {
    const folder = folderWith()
    return `cp /bin/sleep '${folder.path}/${name}'; '${folder.path}/${name}' 600 &\n`
  }

  test('a VPN that is not on the list, one that is, and a program whose name only looks like one', async () => {
    const seen = await collect({ collectors: ['remote-paths'] }, { state: running('openvpn') })
    expect(judge(seen, approved)).toMatchObject({
      h1: verdict('fails', 'path-not-approved', { paths: ['openvpn'] }),
    })
    expect(judge(seen, approved, { parameters: { approvedTunnels: ['openvpn'] } })).toMatchObject({
      h1: verdict('holds'),
    })
    const other = await collect({ collectors: ['remote-paths'] }, { state: running('openvpn-notes') })
    expect(judge(other, approved)).toMatchObject({ h1: verdict('holds') })
  })
})
