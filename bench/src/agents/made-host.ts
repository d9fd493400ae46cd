import { randomInt } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Collector } from '@hevd/agent'
import type { Duration } from '@hevd/core'
import { accounts, listeningSockets, type Said, type ValueOf } from '@hevd/facts'

type Socket = ValueOf<typeof listeningSockets>
type Account = ValueOf<typeof accounts>

/** A made host as it is: what its collectors see when they look now. */
export type MadeHost = {
  readonly id: string
  /** Its agent's folder, with the file that the collectors read. */
  readonly folder: string
  /** How many changes there have been. */
  revision: number
  /** How many times it was flipped. */
  flips: number
  readonly accounts: Map<string, Account>
  readonly sockets: Map<number, Socket>
}

type Shown = {
  readonly revision: number
  readonly accounts: readonly Account[]
  readonly sockets: readonly Socket[]
}

/** What each collector says, by its name. */
export const collectorsOf = { accounts, sockets: listeningSockets } as const
export type CollectorName = keyof typeof collectorsOf
export const collectorNames = ['accounts', 'sockets'] as const satisfies readonly CollectorName[]

const telnet = 23

export function madeHost(id: string, folder: string): MadeHost {
  const host: MadeHost = { id, folder, revision: 0, flips: 0, accounts: new Map(), sockets: new Map() }
  for (let n = 0; n < 30; n += 1) putAccount(host, n)
  putSocket(host, 22, 'ssh')
  putSocket(host, 443, 'tls')
  show(host)
  return host
}

/** One small change that no control minds: an account or a port that comes, goes or is another. */
export function wander(host: MadeHost): void {
  const n = randomInt(40)
  const kind = randomInt(3)
  if (kind === 0) putAccount(host, n)
  else if (kind === 1 && !host.accounts.delete(`user-${n}`)) putAccount(host, n)
  else if (kind === 2 && !host.sockets.delete(8000 + n)) putSocket(host, 8000 + n, 'tls')
  show(host)
}

/** Opens telnet to the network, or closes it; whether it is open now. */
export function flip(host: MadeHost): boolean {
  const open = !host.sockets.delete(telnet)
  if (open) putSocket(host, telnet, 'telnet')
  host.flips += 1
  show(host)
  return open
}

export const speaksTelnet = (host: MadeHost) => host.sockets.has(telnet)

/** All that a collector would say of the host as it is now, by key. */
export function truthOf(host: MadeHost, collector: CollectorName): ReadonlyMap<string, Account | Socket> {
  return collector === 'accounts'
    ? new Map([...host.accounts.values()].map((value) => [accounts.key(value), value]))
    : new Map([...host.sockets.values()].map((value) => [listeningSockets.key(value), value]))
}

/** Collectors of the host in `folder`; `looked` is told the revision that each look saw. */
export function madeCollectors(
  folder: string,
  interval: Duration,
  looked: (revision: number) => void,
): readonly Collector[] {
  return collectorNames.map((name): Collector => {
    const type = collectorsOf[name].name
    return {
      name,
      types: [type],
      title: { nb: name, en: name },
      interval,
      collect: async ({ host }) => {
        const shown: Shown = JSON.parse(readFileSync(fileIn(folder), 'utf8'))
        if (name === 'sockets') looked(shown.revision)
        const facts = shown[name].map((value): Said => ({ type, value }))
        return { facts, coverage: [{ type, scope: host.id, state: 'complete', detail: '' }] }
      },
    }
  })
}

const fileIn = (folder: string) => join(folder, 'made-host.json')

/** Whole, in one step: a collector that looks meanwhile sees the host before or after the change. */
function show(host: MadeHost): void {
  host.revision += 1
  const shown: Shown = {
    revision: host.revision,
    accounts: [...host.accounts.values()],
    sockets: [...host.sockets.values()],
  }
  writeFileSync(`${fileIn(host.folder)}.new`, JSON.stringify(shown))
  renameSync(`${fileIn(host.folder)}.new`, fileIn(host.folder))
}

function putAccount(host: MadeHost, n: number): void {
  const name = `user-${n}`
  const shellOpens = randomInt(2) === 0
  host.accounts.set(name, {
    host: host.id,
    name,
    uid: 1000 + n,
    gid: 1000 + randomInt(1000),
    home: `/home/${name}`,
    shell: shellOpens ? '/bin/bash' : '/usr/sbin/nologin',
    shellOpens,
  })
}

function putSocket(host: MadeHost, port: number, speaks: Socket['speaks']): void {
  host.sockets.set(port, {
    host: host.id,
    transport: 'tcp',
    address: '0.0.0.0',
    port,
    reach: 'network',
    program: speaks,
    account: 'root',
    speaks,
  })
}
