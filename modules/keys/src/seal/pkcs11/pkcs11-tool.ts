import { spawn } from 'node:child_process'
import { type Duration, plus } from '@hevd/core'
import { KeysError } from '../../errors.ts'
import type { Pkcs11Config } from '../config.ts'
import { notValid, readSecret } from '../secret.ts'

/** Name of the variable that the PIN is in, in the child alone: arguments are for everybody on the host to read. */
const pinVariable = 'HEVD_PIN'

/**
 * Runs OpenSC's `pkcs11-tool` on the key, signed in to the token; input and output go through pipes, so that no key touches
 * a disk. Throws KeysError: `seal-not-valid`, `seal-refused` or `seal-unreachable`, with what the token answered.
 */
export async function pkcs11Tool(
  { library, token, key, pin, environment }: Pkcs11Config,
  asked: readonly string[],
  input: Buffer,
  within: Duration,
): Promise<Buffer> {
  const own = ['--module', library, '--token-label', token, '--id', key]
  const login = ['--login', '--pin', `env:${pinVariable}`]
  const child = spawn('pkcs11-tool', [...own, ...login, ...asked], {
    env: { ...environment, LC_ALL: 'C', [pinVariable]: readSecret(pin) },
    stdio: 'pipe',
    timeout: plus(0, within, 'UTC'),
  })
  const output: Buffer[] = []
  const complaint: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(notStarted(error)))
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(output))
      else if (signal !== null) reject(unreachable(token, 'ETIMEDOUT'))
      else reject(complained(Buffer.concat(complaint).toString('utf8'), library, token, key))
    })
  })
}

function notStarted(error: Error): KeysError {
  if (!('code' in error) || error.code !== 'ENOENT') return unreachable('pkcs11-tool', error.message)
  return notValid(
    'Programmet pkcs11-tool finnes ikke. Installer OpenSC (Debian: apt-get install opensc).',
    'There is no program pkcs11-tool. Install OpenSC (Debian: apt-get install opensc).',
  )
}

/** What `pkcs11-tool` complained of, in words; its warnings, which name errors of PKCS #11 too, are passed over. */
function complained(text: string, library: string, token: string, key: string): KeysError {
  const [, error = 'pkcs11-tool'] = /^error: .*\b(CKR_[A-Z0-9_]+)/m.exec(text) ?? []
  if (error.startsWith('CKR_PIN_'))
    return refused(
      `Tokenet ${token} godtar ikke PIN-en (${error}).`,
      `The token ${token} does not accept the PIN (${error}).`,
    )
  if (/^error: (object|.*key) not found/m.test(text))
    return refused(
      `Tokenet ${token} har ingen slik nøkkel med id ${key}.`,
      `The token ${token} has no such key of id ${key}.`,
    )
  if (/^error: Failed to load/m.test(text))
    return notValid(`Biblioteket ${library} lar seg ikke laste.`, `The library ${library} does not load.`)
  if (/^No slot with token named/m.test(text)) return unreachable(token, 'CKR_TOKEN_NOT_PRESENT')
  return refused(`(${token}: ${error})`, `(${token}: ${error})`)
}

const refused = (nb: string, en: string) => new KeysError('seal-refused', { nb, en })
const unreachable = (what: string, reason: string) =>
  new KeysError('seal-unreachable', { nb: `(${what}: ${reason})`, en: `(${what}: ${reason})` })
