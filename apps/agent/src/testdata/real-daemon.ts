import { spawn } from 'node:child_process'
import { chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { atEnd } from './at-end.ts'
import { certificate } from './certificate.ts'
import { folderWith } from './folder.ts'
import { idsOf } from './real-postgres.ts'
import { answering, freePort } from './real-sshd.ts'
import { portOf } from './speakers.ts'

/** Where a daemon is to run: a folder of its own, a port of 127.0.0.1, and a certificate in the folder. */
export type Place = {
  readonly folder: string
  readonly port: number
  readonly key: string
  readonly certificate: string
}

/** How a daemon is started in the foreground with nothing of the system's configuration. */
export type Daemon = (place: Place) => {
  readonly command: readonly [program: string, ...args: string[]]
  /** Files in the folder, by relative path. */
  readonly files?: { readonly [path: string]: string }
  /** The account it runs as; `nobody`. */
  readonly account?: string
}

const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }

/** Starts a real daemon without root's rights, until the test ends; the port on which it answers. */
export async function realDaemon(daemon: Daemon): Promise<number> {
  const { path: folder, at } = folderWith()
  const made = certificate()
  const place = { folder, port: await freePort(), key: at('key.pem'), certificate: at('cert.pem') }
  copyFileSync(made.keyFile, place.key)
  copyFileSync(made.certFile, place.certificate)
  const { command, files = {}, account = 'nobody' } = daemon(place)
  const ids = idsOf(account)
  const own = (path: string) => chownSync(path, ids.uid, ids.gid)
  for (const [name, text] of Object.entries({ ...files, log: '' })) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), text)
    own(dirname(at(name)))
    own(at(name))
  }
  for (const path of [folder, place.key, place.certificate]) own(path)
  const child = spawn(command[0], command.slice(1), {
    ...ids,
    cwd: folder,
    env: { ...environment, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk)
    })
  const ended = new Promise<never>((_done, failed) =>
    child.once('close', (code) =>
      failed(new Error(`${command[0]} ended with ${code}: ${said}${readFileSync(at('log'), 'utf8')}`)),
    ),
  )
  ended.catch(() => {})
  atEnd(async () => {
    child.kill('SIGTERM')
    await ended.catch(() => {})
  })
  await Promise.race([answering(place.port), ended])
  return place.port
}

/** Starts a program for each connection with that as its standard input and output, as inetd does. */
export async function realInetd(program: string, ...args: readonly string[]): Promise<number> {
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => {})
    const child = spawn(program, args, { stdio: [socket, socket, 'ignore'], env: environment })
    child.once('close', () => socket.destroy())
    atEnd(() => {
      child.kill('SIGKILL')
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  atEnd(() => {
    server.close()
  })
  return portOf(server.address())
}
