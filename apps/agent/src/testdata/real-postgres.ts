import { execFile, execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { atEnd } from './at-end.ts'
import { certificate } from './certificate.ts'
import { folderWith } from './folder.ts'
import { freePort } from './real-sshd.ts'

const run = promisify(execFile)

export type RealPostgres = {
  readonly port: number
  readonly socketFolder: string
  /** Runs SQL as its superuser through the local socket; what it printed. */
  sql(text: string): Promise<string>
  start(): Promise<void>
  stop(): Promise<void>
  /** Removes its data, once it was stopped. */
  drop(): void
}

/**
 * The system's PostgreSQL as its own account `postgres`, made with initdb as a distribution does: peer on the local
 * socket, passwords elsewhere. Until the test ends.
 */
export async function realPostgres(given: {
  readonly ssl: boolean
  readonly hba?: readonly string[]
  readonly addresses?: string
}): Promise<RealPostgres> {
  const folder = folderWith()
  const account = idsOf('postgres')
  chownSync(folder.path, account.uid, account.gid)
  const [version = ''] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
  const program = (name: string) => join('/usr/lib/postgresql', version, 'bin', name)
  const as = { ...account, cwd: folder.path, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } }
  const [data, sockets, port] = [folder.at('data'), folder.at('run'), await freePort()]
  const login = ['--auth-local=peer', '--auth-host=scram-sha-256', '--no-sync', '-U', 'postgres']
  await run(program('initdb'), ['-D', data, ...login], as)
  mkdirSync(sockets, { mode: 0o755 })
  chownSync(sockets, account.uid, account.gid)
  const settings = [`port = ${port}`, `unix_socket_directories = '${sockets}'`, 'fsync = off']
  settings.push(`listen_addresses = '${given.addresses ?? '127.0.0.1'}'`)
  if (given.ssl) {
    const { keyFile, certFile } = certificate()
    for (const [from, name] of [
      [keyFile, 'server.key'],
      [certFile, 'server.crt'],
    ] as const) {
      copyFileSync(from, join(data, name))
      chownSync(join(data, name), account.uid, account.gid)
      chmodSync(join(data, name), 0o600)
    }
    settings.push('ssl = on')
  }
  appendFileSync(join(data, 'postgresql.conf'), `\n${settings.join('\n')}\n`)
  if (given.hba !== undefined) writeFileSync(join(data, 'pg_hba.conf'), `${given.hba.join('\n')}\n`)
  const log = folder.at('log')
  const control = async (...args: string[]) => {
    await run(program('pg_ctl'), ['-D', data, '-l', log, '-w', ...args], as)
  }
  await control('start')
  atEnd(() => {
    if (existsSync(join(data, 'postmaster.pid')))
      execFileSync(program('pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...as, stdio: 'ignore' })
  })
  return {
    start: () => control('start'),
    stop: () => control('-m', 'fast', 'stop'),
    drop: () => rmSync(data, { recursive: true }),
    port,
    socketFolder: sockets,
    sql: async (text) => {
      const place = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', sockets, '-p', String(port)]
      return (await run('/usr/bin/psql', [...place, '-d', 'postgres', '-c', text], as)).stdout
    },
  }
}

export function idsOf(account: string): { readonly uid: number; readonly gid: number } {
  const [, , uid, gid] = execFileSync('getent', ['passwd', account], { encoding: 'utf8' }).split(':')
  return { uid: Number(uid), gid: Number(gid) }
}
