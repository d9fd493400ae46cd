import { chmodSync } from 'node:fs'
import { sshdSettings, type ValueOf } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { collectOnce } from '../collect-once.ts'
import { localHostAccess } from '../host/local.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { lookInside, valuesOf } from '../testdata/look-inside.ts'
import { realSshd } from '../testdata/real-sshd.ts'
import { sshdCollector } from './sshd.ts'

cleansUpBy(onTestFinished)

type Setting = ValueOf<typeof sshdSettings>

async function settingsOf(file: string): Promise<readonly Setting[]> {
  const access = localHostAccess({ host: { id: 'h1', name: 'here' } })
  const { facts } = await collectOnce(access, [sshdCollector])
  return facts.map(({ value }) => sshdSettings.parse(value)).filter((one) => one.configuration === file)
}

test('a running server on another port, with what it does for everybody', async () => {
  const { file } = await realSshd(
    'PasswordAuthentication no\nPermitRootLogin no\nCiphers aes128-ctr,aes128-cbc\n',
  )
  expect(await settingsOf(file)).toMatchObject([
    {
      running: true,
      account: null,
      passwordAuthentication: false,
      permitRootLogin: 'no',
      ciphers: ['aes128-ctr', 'aes128-cbc'],
      authorizedKeysFiles: ['.ssh/authorized_keys', '.ssh/authorized_keys2'],
    },
  ])
})

test('a Match block for one user changes that user alone', async () => {
  const { file } = await realSshd(
    'PasswordAuthentication no\nMatch User daemon\n  PasswordAuthentication yes\n',
  )
  const settings = await settingsOf(file)
  expect(settings.map(({ account, passwordAuthentication }) => [account, passwordAuthentication])).toEqual([
    [null, false],
    ['daemon', true],
  ])
})

test('a Match block for a group changes its members', async () => {
  const { file } = await realSshd('PermitRootLogin no\nMatch Group root,nogroup\n  PermitRootLogin yes\n')
  const accounts = (await settingsOf(file)).map(({ account }) => account)
  expect(accounts).toContain('root')
  expect(accounts).toContain('nobody')
  expect(accounts).not.toContain('daemon')
})

test('what an address alone is let do counts for everybody, since the address is not a person', async () => {
  const { file } = await realSshd(
    'PasswordAuthentication no\nMatch Address 10.20.0.0/16\n  PasswordAuthentication yes\n',
  )
  expect(await settingsOf(file)).toMatchObject([{ account: null, passwordAuthentication: true }])
})

test('a configuration that an ordinary user may not read needs root, and root reads it', async () => {
  const { file } = await realSshd('PasswordAuthentication no\n')
  chmodSync(file, 0o600)
  const seen = await lookInside({}, { collector: 'sshd', ordinary: true })
  expect(seen.coverage).toEqual([{ type: 'sshd-setting', scope: 'h1', state: 'needs-right', detail: 'root' }])
  expect(valuesOf(seen, 'sshd-setting').some((value) => JSON.stringify(value).includes(file))).toBe(false)
  expect(await settingsOf(file)).toHaveLength(1)
})

test('an ordinary user sees the settings of a server whose configuration everybody may read', async () => {
  const { file } = await realSshd('PasswordAuthentication no\n')
  const seen = await lookInside({}, { collector: 'sshd', ordinary: true })
  const found = valuesOf(seen, 'sshd-setting').filter((value) => JSON.stringify(value).includes(file))
  expect(found).toMatchObject([{ configuration: file, running: true, passwordAuthentication: false }])
})
