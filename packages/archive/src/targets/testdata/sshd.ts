import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SftpSetting } from '../setting.ts'

export type Sshd = {
  readonly setting: SftpSetting
  /** The folder that the setting names, as it lies here. */
  readonly folder: string
  /** Ends every connection, and takes new ones. */
  dropConnections(): void
  stop(): void
}

/** OpenSSH's server with its own SFTP, two host keys (the Ed25519 one is pinned), and one account: the one that runs this. */
export async function sshd(): Promise<Sshd> {
  const base = mkdtempSync(join(tmpdir(), 'hevd-sftp-'))
  const [hostKey, rsaKey, keyFile, folder] = ['host', 'rsa', 'key', 'folder'].map((name) =>
    join(base, name),
  ) as [string, string, string, string]
  mkdirSync(folder)
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKey])
  execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', rsaKey])
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile])
  const port = await freePort()
  writeFileSync(
    join(base, 'sshd_config'),
    `Port ${port}
ListenAddress 127.0.0.1
PidFile none
HostKey ${rsaKey}
HostKey ${hostKey}
StrictModes no
UsePAM no
PermitRootLogin yes
AuthorizedKeysFile ${keyFile}.pub
Subsystem sftp internal-sftp
`,
  )
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(base, 'sshd_config')], { stdio: 'ignore' })
  for (let left = 200; left > 0 && !(await answers(port)); left -= 1) await sleep(25)
  const [, fingerprint = ''] = execFileSync('ssh-keygen', ['-lf', `${hostKey}.pub`], {
    encoding: 'utf8',
  }).split(' ')
  return {
    setting: {
      kind: 'sftp',
      host: '127.0.0.1',
      port,
      user: userInfo().username,
      path: folder,
      hostKey: fingerprint,
      keyFile,
    },
    folder,
    dropConnections() {
      for (const pid of childrenOf(child.pid)) process.kill(pid, 'SIGKILL')
    },
    stop() {
      for (const pid of childrenOf(child.pid)) process.kill(pid, 'SIGKILL')
      child.kill('SIGKILL')
      rmSync(base, { recursive: true })
    },
  }
}

function childrenOf(pid: number | undefined): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })
}
