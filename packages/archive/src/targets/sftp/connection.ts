import { readFile } from 'node:fs/promises'
import {
  type CipherAlgorithm,
  Client,
  type ConnectConfig,
  type ServerHostKeyAlgorithm,
  type SFTPWrapper,
} from 'ssh2'
import { ArchiveError } from '../../errors.ts'
import type { SftpSetting } from '../setting.ts'
import { fingerprintOf } from './host-key.ts'

export type Session = { readonly sftp: SFTPWrapper; readonly ended: Promise<void>; end(): void }

/** One kind of host key at a time, for a fingerprint does not say which of the server's keys it is of. */
const kinds: readonly (readonly ServerHostKeyAlgorithm[])[] = [
  ['ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'rsa-sha2-256'],
]

/** Those that node:crypto does at the processor's speed. */
const ciphers: readonly CipherAlgorithm[] = [
  'aes256-gcm@openssh.com',
  'aes128-gcm@openssh.com',
  'aes256-ctr',
  'aes128-ctr',
  'chacha20-poly1305@openssh.com',
]

/**
 * A session with the server whose key has the fingerprint that the setting pins. Throws `host-key-unknown` where it has
 * other keys (nothing, not even the account's name, was sent to it), `target-unreachable`, `target-refused`,
 * `target-not-valid` for a key file that cannot be used.
 */
export async function connect(setting: SftpSetting, target: string): Promise<Session> {
  const credential = await credentialOf(setting)
  const found: string[] = []
  for (const serverHostKey of kinds) {
    const answer = await attempt(setting, target, {
      ...credential,
      algorithms: { cipher: [...ciphers], serverHostKey: [...serverHostKey] },
    })
    if (typeof answer !== 'string') return answer
    if (answer !== '') found.push(answer)
  }
  throw new ArchiveError('host-key-unknown', {
    target,
    expected: setting.hostKey,
    found: found.join(', ') || '–',
  })
}

/** The session, or the fingerprint of the key that was refused; empty where the server has none of that kind. */
function attempt(setting: SftpSetting, target: string, config: ConnectConfig): Promise<Session | string> {
  const client = new Client()
  let found = ''
  const ended = new Promise<void>((resolve) => client.once('close', () => resolve()))
  return new Promise((resolve, reject) => {
    client.on('error', (error: Error & { readonly level?: string }) => {
      if (found !== '' && found !== setting.hostKey) resolve(found)
      else if (/no matching host key|host key format/i.test(error.message)) resolve('')
      else if (error.level === 'client-authentication')
        reject(
          new ArchiveError(
            'target-refused',
            { target, reason: `no key that ${setting.user} may use` },
            error,
          ),
        )
      else reject(new ArchiveError('target-unreachable', { target, reason: error.message }, error))
    })
    // Else each small request waits for the acknowledgement of the one before.
    client.on('connect', () => client.setNoDelay(true))
    client.on('close', () =>
      reject(new ArchiveError('target-unreachable', { target, reason: 'the connection ended' })),
    )
    client.on('ready', () =>
      client.sftp((error, sftp) => {
        if (error === undefined) return resolve({ sftp, ended, end: () => client.end() })
        client.end()
        reject(new ArchiveError('target-refused', { target, reason: 'it offers no SFTP' }, error))
      }),
    )
    try {
      client.connect({
        ...config,
        host: setting.host,
        port: setting.port,
        username: setting.user,
        readyTimeout: 20_000,
        keepaliveInterval: 15_000,
        keepaliveCountMax: 4,
        hostVerifier: (key: Buffer) => {
          found = fingerprintOf(key)
          return found === setting.hostKey
        },
      })
    } catch (error) {
      const reason = 'it is not a private key without passphrase'
      reject(new ArchiveError('target-not-valid', { field: 'keyFile', reason }, error))
    }
  })
}

async function credentialOf({ keyFile, agentSocket }: SftpSetting): Promise<ConnectConfig> {
  if (agentSocket !== undefined) return { agent: agentSocket }
  try {
    return { privateKey: await readFile(keyFile ?? '') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new ArchiveError('target-not-valid', { field: 'keyFile', reason: `${keyFile}: ${code}` }, error)
  }
}
