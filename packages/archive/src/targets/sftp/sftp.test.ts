import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTarget } from '../open-target.ts'
import { type Sshd, sshd } from '../testdata/sshd.ts'

let peer: Sshd
beforeAll(async () => {
  peer = await sshd()
})
afterAll(() => peer.stop())

test('a server with another key is told nothing', async () => {
  const hostKey = `SHA256:${'A'.repeat(43)}`
  await expect(openTarget({ ...peer.setting, hostKey })).rejects.toMatchObject({
    code: 'host-key-unknown',
    params: { expected: hostKey, found: expect.stringContaining(peer.setting.hostKey) },
  })
})

test('any of its keys may be the one that is known', async () => {
  const keys = execFileSync('ssh-keyscan', ['-p', String(peer.setting.port), '127.0.0.1'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const prints = execFileSync('ssh-keygen', ['-lf', '-'], { input: keys, encoding: 'utf8' })
    .trim()
    .split('\n')
  expect(prints).toHaveLength(2)
  for (const print of prints) {
    const target = await openTarget({ ...peer.setting, hostKey: print.split(' ')[1] ?? '' })
    await target.close()
  }
})

test('a key that the account does not have, one that is none, and one that is missing', async () => {
  const file = join(peer.folder, '../other')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  await expect(openTarget({ ...peer.setting, keyFile: file })).rejects.toMatchObject({
    code: 'target-refused',
  })
  writeFileSync(file, 'not a key')
  const refused = { code: 'target-not-valid', params: { field: 'keyFile' } }
  await expect(openTarget({ ...peer.setting, keyFile: file })).rejects.toMatchObject(refused)
  await expect(openTarget({ ...peer.setting, keyFile: `${file}-away` })).rejects.toMatchObject(refused)
})

test('an agent may have the key', async () => {
  const agentSocket = join(peer.folder, '../agent')
  const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: 'ignore' })
  try {
    while (!existsSync(agentSocket)) await sleep(10)
    const { keyFile = '', ...setting } = peer.setting
    await expect(openTarget({ ...setting, agentSocket })).rejects.toMatchObject({ code: 'target-refused' })
    execFileSync('ssh-add', ['-q', keyFile], { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } })
    await (await openTarget({ ...setting, agentSocket })).close()
  } finally {
    agent.kill()
  }
})

test('a server that is away', async () => {
  await expect(openTarget({ ...peer.setting, port: 1 })).rejects.toMatchObject({ code: 'target-unreachable' })
})

test('a folder that is not there, or may not be written', async () => {
  const path = join(peer.folder, 'away')
  const target = await openTarget({ ...peer.setting, path })
  await expect(target.put('a', [])).rejects.toMatchObject({ code: 'file-missing' })
  await target.close()
})

test('a connection that is lost is made anew; what it carried has failed, and is not there', async () => {
  const target = await openTarget(peer.setting)
  await target.put('kept', [randomBytes(3_000_000)])
  peer.dropConnections()
  async function* dropping() {
    yield randomBytes(1_000_000)
    peer.dropConnections()
    for (let left = 40; left > 0; left -= 1) yield randomBytes(1_000_000)
  }
  // The first one may still have met the connection that was dropped.
  await target.put('dropped', dropping()).catch(() => {})
  await expect(target.put('dropped', dropping())).rejects.toMatchObject({ code: 'target-unreachable' })
  expect((await Array.fromAsync(target.list(''))).map(({ path }) => path)).toEqual(['kept'])
  const reading = await target.get('kept')
  reading.once('data', () => peer.dropConnections())
  await expect(buffer(reading)).rejects.toMatchObject({ code: 'target-unreachable' })
  expect(await buffer(await target.get('kept'))).toHaveLength(3_000_000)
  await target.remove('kept')
  await target.close()
})

test('what was left half-written goes when a day has gone by', async () => {
  const unfinished = join(peer.folder, '.unfinished')
  mkdirSync(unfinished, { recursive: true })
  for (const file of readdirSync(unfinished)) utimesSync(join(unfinished, file), 1, 1)
  writeFileSync(join(unfinished, 'young'), '')
  await (await openTarget(peer.setting)).close()
  expect(readdirSync(unfinished)).toEqual(['young'])
})

test('a disk that is full is called that', async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'hevd-test', peer.folder])
  try {
    const target = await openTarget(peer.setting)
    await expect(target.put('a', [randomBytes(3_000_000)])).rejects.toMatchObject({ code: 'target-full' })
    expect(existsSync(join(peer.folder, 'a'))).toBe(false)
    await target.close()
  } finally {
    execFileSync('umount', [peer.folder])
  }
})
