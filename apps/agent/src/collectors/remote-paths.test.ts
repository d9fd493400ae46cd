import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, symlinkSync } from 'node:fs'
import { remotePaths } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { collectOnce } from '../collect-once.ts'
import { localHostAccess } from '../host/local.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { interfaceProduct, productOf, remotePathsCollector } from './remote-paths.ts'

cleansUpBy(onTestFinished)

test.each<[string, readonly string[], string | null]>([
  ['a tunnel', ['/usr/local/bin/cloudflared', 'tunnel', 'run'], 'cloudflared'],
  ['a remote desktop', ['/usr/bin/anydesk', '--service'], 'anydesk'],
  ['a script under its interpreter', ['/usr/bin/python3.11', '/usr/bin/sshuttle', '-r', 'x'], 'sshuttle'],
  ['a title that a program wrote over its command line', ['openvpn: client'], 'openvpn'],
  ['ssh that opens a way back', ['ssh', '-N', '-R', '2222:localhost:22', 'jump'], 'ssh-reverse-tunnel'],
  [
    'ssh that does so by an option',
    ['autossh', '-oRemoteForward=2222 localhost:22', 'jump'],
    'ssh-reverse-tunnel',
  ],
  ['ssh that only goes out', ['ssh', '-L', '8080:localhost:80', 'host'], null],
  ['ssh to a host, running a command with -R', ['ssh', 'host', 'ls', '-R', '/'], null],
  ['an editor that opens such a file', ['vim', '/etc/openvpn/client.conf'], null],
  ['a program that is only named', ['grep', 'cloudflared'], null],
])('%s', (_name, argv, name) => {
  expect(productOf(argv)?.name ?? null).toBe(name)
})

test.each([
  ['wg0', 'DEVTYPE=wireguard\nINTERFACE=wg0\n', 'wireguard'],
  ['office', 'DEVTYPE=wireguard\n', 'wireguard'],
  ['tailscale0', '', 'tailscale'],
  ['ztabcd1234', '', 'zerotier'],
  ['eth0', 'INTERFACE=eth0\n', null],
  ['wg0', 'DEVTYPE=bridge\n', null],
])('the interface %s', (name, uevent, product) => {
  expect(interfaceProduct(name, uevent)).toBe(product)
})

test('a program that runs here is found, and is gone when it ends', async () => {
  const folder = folderWith()
  copyFileSync('/bin/sleep', folder.at('rustdesk'))
  chmodSync(folder.at('rustdesk'), 0o755)
  symlinkSync('/bin/sleep', folder.at('ngrok'))
  const found = async () => {
    const access = localHostAccess({ host: { id: 'h1', name: 'here' } })
    const { facts, coverage } = await collectOnce(access, [remotePathsCollector])
    expect(coverage).toMatchObject([{ type: 'remote-path', scope: 'h1', state: 'complete' }])
    return facts.map(({ value }) => remotePaths.parse(value).name)
  }
  const children = ['rustdesk', 'ngrok'].map((name) => spawn(folder.at(name), ['300'], { stdio: 'ignore' }))
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL')
  })
  await Promise.all(children.map((child) => once(child, 'spawn')))
  expect(await found()).toEqual(expect.arrayContaining(['rustdesk', 'ngrok']))
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map((child) => once(child, 'close')))
  expect(await found()).not.toContain('rustdesk')
})
