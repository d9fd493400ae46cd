import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { converse } from '../sockets/conversation.ts'
import { atEnd } from './at-end.ts'
import { folderWith } from './folder.ts'

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : failed(new Error('no port')),
      )
    })
  })
}

/** Waits until somebody answers at a port of this host. */
export async function answering(port: number, address = '127.0.0.1'): Promise<void> {
  for (let left = 200; left > 0; left -= 1) {
    if ((await converse({ address, port }, async () => true)) === true) return
    await new Promise((wait) => setTimeout(wait, 50))
  }
  throw new Error(`Nobody answers at ${address}:${port}`)
}

/** Starts OpenSSH's server with a configuration of its own, until the test ends. */
export async function realSshd(
  configuration: string,
): Promise<{ readonly file: string; readonly port: number }> {
  const port = await freePort()
  const folder = folderWith({
    sshd_config: `Port ${port}\nListenAddress 127.0.0.1\nPidFile none\n${configuration}`,
  })
  const key = folder.at('host_key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const file = folder.at('sshd_config')
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', file, '-h', key], { stdio: 'ignore' })
  atEnd(() => {
    child.kill('SIGTERM')
  })
  await answering(port)
  return { file, port }
}
