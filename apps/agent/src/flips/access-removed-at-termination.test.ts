import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { dateOf } from '@hevd/core'
import { expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect } from './collect.ts'
import { day, judge, verdict } from './judge.ts'
import { type MadeSystem, madeSystem, password, person, sshdWith } from './system.ts'

cleansUpBy(onTestFinished)

const closed = 'access-removed-at-termination/production'

/**
 * What is seen while a real sshd runs, whether it let kari in by her own key, and what is judged of her when she has
 * left days ago, or leaves tomorrow.
 */
async function leaving(made: MadeSystem, { keyLeft = true, ordinary = false } = {}) {
  const folder = folderWith()
  const key = folder.at('key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { stdio: 'pipe' })
  const homes: { readonly [path: string]: string } = {
    'kari/.ssh/authorized_keys': keyLeft ? readFileSync(`${key}.pub`, 'utf8') : '',
    ...made.homes,
  }
  const mounts = madeSystem({ ...made, homes })
  chmodSync(`${mounts['/home']}/kari/.ssh/authorized_keys`, 0o644)
  const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null']
  const login = ['ssh', '-i', key, ...options.flatMap((one) => ['-o', one]), 'kari@127.0.0.1', 'id -un']
  const state = `${sshdWith('UsePAM no\nStrictModes no')}
${login.map((word) => `'${word}'`).join(' ')} > ${folder.at('login')} || true
`
  const what = { collectors: ['accounts', 'passwords', 'sshd', 'authorized-keys'], ordinary }
  const seen = await collect(what, { mounts, state })
  const endsOn = (days: number) => dateOf(seen.at + days * day, 'Europe/Oslo')
  const owners = { 'h1/kari': 'p1' }
  const parameters = { productionWithin: 'PT72H', involuntaryWithin: 'PT1H' }
  const judged = (days: number, voluntary = true) =>
    judge(seen, closed, { owners, parameters, person: { endsOn: endsOn(days), voluntary } }).p1
  return {
    letIn: readFileSync(folder.at('login'), 'utf8').trim() === 'kari',
    left: judged(-5),
    leftLately: judged(-2),
    dismissedLately: judged(-2, false),
    leaves: judged(1),
  }
}

const account = (stored: string): MadeSystem => ({
  passwd: [person('kari', 1001), person('ola', 1002)],
  shadow: [password('kari', stored), password('ola')],
  group: ['kari:x:1001:', 'ola:x:1002:'],
})

test('a key left in a locked account lets the leaver in: sshd says so, and so does the judge', async () => {
  const { letIn, left, leaves } = await leaving(account('*'))
  expect(letIn).toBe(true)
  expect(left).toMatchObject({
    ...verdict('fails', 'access-remains', { accounts: ['h1/kari'] }),
    occurrences: [{ state: 'overdue' }],
  })
  expect(leaves).toMatchObject({
    ...verdict('holds', 'access-awaited', { count: 1 }),
    occurrences: [{ state: 'open' }],
  })
})

test('without the key nobody comes in, though another’s account is open', async () => {
  const { letIn, left } = await leaving(account('*'), { keyLeft: false })
  expect(letIn).toBe(false)
  expect(left).toMatchObject({ ...verdict('holds'), occurrences: [{ state: 'met' }] })
})

test('a password that is still set keeps the account open', async () => {
  const { left, leftLately, dismissedLately } = await leaving(
    { ...account('*'), shadow: [password('kari'), password('ola')] },
    { keyLeft: false },
  )
  expect(left).toMatchObject(verdict('fails', 'access-remains'))
  expect(leftLately).toMatchObject(verdict('holds', 'access-awaited'))
  expect(dismissedLately).toMatchObject(verdict('fails', 'access-remains'))
})

test('an account that has expired is closed, though its key is left', async () => {
  const { letIn, left } = await leaving({
    ...account('*'),
    shadow: ['kari:*:20000:::::20001:', password('ola')],
  })
  expect(letIn).toBe(false)
  expect(left).toMatchObject(verdict('holds'))
})

test('an account that is gone is closed', async () => {
  const { letIn, left } = await leaving({ passwd: [person('ola', 1002)], shadow: [password('ola')] })
  expect(letIn).toBe(false)
  expect(left).toMatchObject({ ...verdict('holds'), occurrences: [{ state: 'met' }] })
})

test('who may not see passwords and keys cannot tell, and it is not observed', async () => {
  const { left } = await leaving(account('*'), { keyLeft: false, ordinary: true })
  expect(left).toMatchObject({
    ...verdict('unknown', 'unseen-needs-right'),
    occurrences: [{ state: 'not-observed' }],
  })
})
