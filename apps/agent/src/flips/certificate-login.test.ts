import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { certificateAuthorities } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect } from './collect.ts'
import { judge, verdict } from './judge.ts'
import { type MadeSystem, madeSystem, password, person, sshdWith } from './system.ts'

cleansUpBy(onTestFinished)

const owned = 'unique-accounts/one-owner'
/** Two accounts with a shell and neither a password nor a key. */
const accounts: MadeSystem = {
  passwd: [person('kari', 1001), person('ola', 1002)],
  shadow: [password('kari', '*'), password('ola', '*')],
  group: ['kari:x:1001:', 'ola:x:1002:', 'ops:x:1003:kari'],
}

/** An authority, and a certificate of its own for a name, made by ssh-keygen. */
function authority(name: string) {
  const folder = folderWith()
  const [ca, key] = [folder.at('ca'), folder.at('key')]
  const keygen = (...args: string[]) => execFileSync('ssh-keygen', ['-q', ...args], { stdio: 'pipe' })
  for (const file of [ca, key]) keygen('-t', 'ed25519', '-N', '', '-f', file)
  keygen('-s', ca, '-I', 'test', '-n', name, '-V', '-5m:+1h', `${key}.pub`)
  const [, fingerprint = ''] = execFileSync('ssh-keygen', ['-lf', `${ca}.pub`], { encoding: 'utf8' }).split(
    ' ',
  )
  return { folder, ca: `${ca}.pub`, key, fingerprint }
}

/** What is seen while a real sshd runs, and whether `account` was let in by the certificate. */
async function look(
  { folder, key }: ReturnType<typeof authority>,
  configuration: string,
  { made = accounts, account = 'kari', ordinary = false } = {},
) {
  const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null']
  const login = ['ssh', '-i', key, ...options.flatMap((one) => ['-o', one]), `${account}@127.0.0.1`, 'id -un']
  const state = `${sshdWith(configuration)}
${login.map((word) => `'${word}'`).join(' ')} > ${folder.at('login')} || true
`
  const what = { collectors: ['accounts', 'passwords', 'sshd', 'authorized-keys'], ordinary }
  const homes = { 'kari/x': '', 'ola/x': '', ...made.homes }
  const mounts = madeSystem({ ...made, homes })
  for (const name of Object.keys(homes)) chmodSync(`${mounts['/home']}/${name}`, 0o644)
  const seen = await collect(what, { mounts, state })
  const trusted = seen.facts.flatMap(({ type, value }) =>
    type === certificateAuthorities.name ? certificateAuthorities.parse(value) : [],
  )
  return { seen, trusted, letIn: readFileSync(folder.at('login'), 'utf8').trim() === account }
}

test('a certificate opens an account that has neither password nor key, and the account needs an owner', async () => {
  const made = authority('kari')
  const { seen, trusted, letIn } = await look(made, `TrustedUserCAKeys ${made.ca}`)
  expect(letIn).toBe(true)
  expect(trusted).toContainEqual({
    host: 'h1',
    account: 'kari',
    fingerprint: made.fingerprint,
    keyType: 'ssh-ed25519',
    bits: 256,
    principals: ['kari'],
    file: made.ca,
    line: 1,
  })
  expect(judge(seen, owned)).toMatchObject({ 'h1/kari': verdict('fails', 'owner-missing') })
})

test('an authority in a Match block for another user opens that user’s account alone', async () => {
  const made = authority('kari')
  const { seen, trusted, letIn } = await look(made, `Match User ola\n  TrustedUserCAKeys ${made.ca}`)
  expect(letIn).toBe(false)
  expect(trusted.map(({ account }) => account)).toEqual(['ola'])
  expect(Object.keys(judge(seen, owned))).toEqual(['h1/ola'])
})

test.each<[string, string, string, boolean]>([
  ['a user is not among those allowed', 'AllowUsers ola o*@10.0.0.1', 'kari', false],
  ['a user is allowed by a pattern', 'AllowUsers k?ri', 'kari', true],
  ['a group is allowed', 'AllowGroups ops', 'kari', true],
  ['a group is denied', 'DenyGroups op*', 'kari', false],
  ['a user is denied from another host only', 'DenyUsers kari@10.0.0.1', 'kari', true],
  ['root may not come', 'PermitRootLogin no', 'root', false],
  ['keys are not taken', 'PubkeyAuthentication no', 'kari', false],
  ['keys are not enough by any way', 'AuthenticationMethods password', 'kari', false],
])('sshd and the facts agree where %s', async (_name, setting, account, opens) => {
  const made = authority(account)
  const { trusted, letIn } = await look(made, `TrustedUserCAKeys ${made.ca}\n${setting}`, { account })
  expect({ letIn, said: trusted.some((one) => one.account === account) }).toEqual({
    letIn: opens,
    said: opens,
  })
})

test('principals of a file count instead of the name; an account without such a file is not opened', async () => {
  const made = authority('ops')
  const homes = { 'kari/principals': '# of the night shift\nrestrict ops\n' }
  const { seen, trusted, letIn } = await look(
    made,
    `TrustedUserCAKeys ${made.ca}\nAuthorizedPrincipalsFile %h/principals`,
    { made: { ...accounts, homes } },
  )
  expect(letIn).toBe(true)
  expect(trusted).toMatchObject([{ account: 'kari', principals: ['ops'] }])
  expect(Object.keys(judge(seen, owned))).toEqual(['h1/kari'])
})

test.each(['AuthorizedPrincipalsCommand', 'AuthorizedKeysCommand'])(
  'what %s would say cannot be seen, so that nothing is known of the account',
  async (name) => {
    const made = authority('kari')
    const configuration = `TrustedUserCAKeys ${made.ca}\n${name} /bin/false\n${name}User nobody\n`
    const narrowed = name === 'AuthorizedKeysCommand' ? 'AllowUsers nobody\n' : ''
    const { seen } = await look(made, configuration + narrowed)
    expect(judge(seen, owned)).toMatchObject({
      'h1/kari': verdict('unknown', 'unseen-partial', { missing: `${name} /bin/false` }),
    })
  },
)

test('an ordinary user who may not read the authorities is told which right it needs', async () => {
  const made = authority('kari')
  chmodSync(made.ca, 0o600)
  const configuration = `TrustedUserCAKeys ${made.ca}`
  const { seen, letIn } = await look(made, configuration, { ordinary: true })
  expect(letIn).toBe(true)
  const [covered] = seen.coverage.filter(({ type }) => type === certificateAuthorities.name)
  expect(covered).toMatchObject({ state: 'needs-right', detail: `root (${made.ca})` })
  expect(judge(seen, owned)).toMatchObject({ 'h1/kari': { verdict: 'unknown' } })
})
