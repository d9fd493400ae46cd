import { chmodSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { inside, lookInside, valuesOf } from '../testdata/look-inside.ts'

cleansUpBy(onTestFinished)

/** Real accounts of made files, as the name service lists them; their shells are the system's. */
const passwd = `root:x:0:0:root:/root:/bin/bash
toor:x:0:0::/root:/bin/sh
alice:x:1001:1001::/home/alice:/bin/bash
bob:x:1002:1002::/home/bob:/usr/sbin/nologin
carol::1003:1003::/home/carol:
dave:x:1004:1001::/home/dave:/no/such/shell
erin:x:1005:1005::/home/erin:/bin/bash
nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin
`
const shadow = `root:$y$j9T$abc$def:20000::::::
alice:$6$salt$hash:20000::::::
bob:!$6$salt$hash:20000::::::
dave::20000:::::19000:
erin:$1$salt$hash:20000::::::
nobody:*:20000::::::
`
const group = `root:x:0:
staff:x:1001:bob,alice
nogroup:x:65534:
`

function made() {
  const folder = folderWith({
    passwd,
    group,
    shadow,
    'nsswitch.conf': 'passwd: files\ngroup: files\nshadow: files\n',
  })
  chmodSync(folder.at('shadow'), 0o600)
  return {
    '/etc/passwd': folder.at('passwd'),
    '/etc/group': folder.at('group'),
    '/etc/shadow': folder.at('shadow'),
    '/etc/nsswitch.conf': folder.at('nsswitch.conf'),
  }
}

test('accounts with the shell that opens or does not, and groups with those by primary group', async () => {
  const seen = await lookInside(made(), { collector: 'accounts', ordinary: true })
  const shells = valuesOf(seen, 'account').map((value) => Object.entries(value ?? {}))
  expect(shells.map((entries) => Object.fromEntries(entries))).toMatchObject([
    { name: 'root', uid: 0, shellOpens: true },
    { name: 'toor', uid: 0, shellOpens: true },
    { name: 'alice', shellOpens: true },
    { name: 'bob', shellOpens: false },
    { name: 'carol', shell: '/bin/sh', shellOpens: true },
    { name: 'dave', shellOpens: false },
    { name: 'erin', shellOpens: true },
    { name: 'nobody', shellOpens: false },
  ])
  expect(valuesOf(seen, 'group')).toContainEqual({
    host: 'h1',
    name: 'staff',
    gid: 1001,
    members: ['alice', 'bob', 'dave'],
  })
  expect(seen.coverage).toMatchObject([
    { type: 'account', state: 'complete' },
    { type: 'group', state: 'complete' },
  ])
})

test('password states and schemes, locked and empty ones told apart, and never a hash', async () => {
  const seen = await lookInside(made(), { collector: 'passwords' })
  const row = (
    account: string,
    state: string,
    scheme: string | null,
    accountExpires: string | null = null,
  ) => ({
    host: 'h1',
    account,
    state,
    scheme,
    accountExpires,
  })
  expect(valuesOf(seen, 'password-state')).toEqual([
    row('root', 'set', 'yescrypt'),
    row('toor', 'locked', null),
    row('alice', 'set', 'sha512'),
    row('bob', 'locked', null),
    row('carol', 'empty', null),
    row('dave', 'empty', null, '2022-01-08'),
    row('erin', 'set', 'md5'),
    row('nobody', 'locked', null),
  ])
  expect(JSON.stringify(seen)).not.toMatch(/hash|salt|j9T/)
})

test('an ordinary user sees no password state, and what it needs is said', async () => {
  const seen = await lookInside(made(), { collector: 'passwords', ordinary: true })
  expect(seen).toEqual({
    facts: [],
    coverage: [{ type: 'password-state', scope: 'h1', state: 'needs-right', detail: 'root' }],
  })
})

test('a directory that does not list its accounts leaves the list partial', async () => {
  const nsswitch = folderWith({ 'nsswitch.conf': 'passwd: files ldap\ngroup: files\n' })
  const mounts = { ...made(), '/etc/nsswitch.conf': nsswitch.at('nsswitch.conf') }
  const { coverage } = await lookInside(mounts, { collector: 'accounts' })
  expect(coverage).toContainEqual({
    type: 'account',
    scope: 'h1',
    state: 'partial',
    detail: 'passwd: ldap (nsswitch.conf)',
  })
})

test('sudo rules as sudo itself reads them: names with a dot or a tilde are left out', async () => {
  const rules = folderWith(
    {
      'd/10-good': 'alice ALL=(ALL) NOPASSWD: ALL\n',
      'd/20.conf': 'bob ALL=(ALL) ALL\n',
      'd/30~': 'carol ALL=(ALL) ALL\n',
      'd/40-elsewhere': 'erin otherhost=(ALL) ALL\n',
      sudoers: 'Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n',
    },
    0o440,
  )
  const mounts = { ...made(), '/etc/sudoers.d': rules.at('d'), '/etc/sudoers': rules.at('sudoers') }
  const seen = await lookInside(mounts, { collector: 'sudo' })
  expect(seen.coverage).toMatchObject([{ state: 'complete' }])
  expect(valuesOf(seen, 'sudo-rule')).toMatchObject([
    { principals: ['root'], withoutPassword: false },
    { principals: ['alice'], commands: ['ALL'], withoutPassword: true },
  ])
  const sudo = (user: string) => inside(mounts, ['sudo', '-n', '-l', '-U', user])
  expect(await sudo('alice')).toContain('NOPASSWD: ALL')
  for (const ignored of ['bob', 'carol', 'erin'])
    expect(await sudo(ignored)).toContain('not allowed to run sudo')
  expect(await lookInside(mounts, { collector: 'sudo', ordinary: true })).toEqual({
    facts: [],
    coverage: [{ type: 'sudo-rule', scope: 'h1', state: 'needs-right', detail: 'root' }],
  })
})

test('a rules file that sudo does not trust is named instead of believed', async () => {
  const rules = folderWith({ 'd/10-open': 'bob ALL=(ALL) ALL\n' }, 0o440)
  chmodSync(rules.at('d/10-open'), 0o666)
  const seen = await lookInside({ ...made(), '/etc/sudoers.d': rules.at('d') }, { collector: 'sudo' })
  expect(seen.facts).toEqual([])
  expect(seen.coverage[0]?.detail).toContain('/etc/sudoers.d/10-open (mode 666)')
})

test('keys that sshd accepts, by the files and modes that it demands', async () => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1Ma2YpVxF1v0wLTGVLtUqPXIqCqXbxmCH1P3mTS5Zy'
  const homes = folderWith({
    'alice/.ssh/authorized_keys': `# hers\nfrom="10.0.0.0/8",no-pty ${key} laptop\nexpiry-time="20200101" ${key} old\n`,
    'erin/.ssh/authorized_keys': `${key} shared\n`,
    passwd: passwd.replaceAll('/home/', '/srv/'),
  })
  chmodSync(homes.at('erin'), 0o777)
  const mounts = { ...made(), '/etc/passwd': homes.at('passwd'), '/srv': homes.path }
  await inside(mounts, ['chown', '-R', '1001:1001', '/srv/alice'])
  await inside(mounts, ['chown', '-R', '1005:1005', '/srv/erin'])
  const seen = await lookInside(mounts, { collector: 'authorized-keys' })
  const fingerprint = (await inside({}, ['sh', '-c', `echo '${key}' | ssh-keygen -lf -`])).split(' ')[1]
  const hers = valuesOf(seen, 'authorized-key').filter((value) => JSON.stringify(value).includes('/srv/'))
  expect(hers).toEqual([
    {
      host: 'h1',
      account: 'alice',
      fingerprint,
      keyType: 'ssh-ed25519',
      bits: 256,
      certificateAuthority: false,
      options: ['from', 'no-pty'],
      file: '/srv/alice/.ssh/authorized_keys',
      line: 2,
    },
  ])
  const { coverage } = await lookInside(mounts, { collector: 'authorized-keys', ordinary: true })
  expect(coverage).toMatchObject([
    { type: 'authorized-key', state: 'needs-right', detail: 'root (root, toor)' },
    { type: 'certificate-authority', state: 'complete' },
  ])
  expect(readFileSync(homes.at('passwd'), 'utf8')).toContain('/srv/alice')
})
