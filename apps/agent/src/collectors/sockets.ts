import { setTimeout as sleep } from 'node:timers/promises'
import { listeningSockets, type ValueOf } from '@hevd/facts'
import { type Collector, collected, failedBy, needsRight, rootRight } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import type { Looked } from '../host/looked.ts'
import { turnsFor } from '../schedule.ts'
import type { Speaks } from '../sockets/heard.ts'
import { peerOf } from '../sockets/peer.ts'
import { probe } from '../sockets/probe.ts'
import { type Listening, parseTable, reachOf } from '../sockets/table.ts'
import { readPasswd } from './accounts.ts'

/** Sockets that accept what comes from the network, whose they are, and what speaks behind them. */
export const socketsCollector: Collector = {
  name: 'sockets',
  types: [listeningSockets.name],
  title: { nb: 'Åpne porter', en: 'Open ports' },
  interval: 'PT1M',
  collect: async (access) => {
    const host = access.host.id
    const first = await tables(access)
    if (first.kind === 'absent')
      return collected(listeningSockets, host, [], failedBy('there is no /proc/net/tcp'))
    if (first.kind === 'refused')
      return collected(listeningSockets, host, [], needsRight(`${rootRight} (/proc/net)`))
    const [owners, passwd] = await Promise.all([access.socketOwners(), readPasswd(access), sleep(shortLived)])
    const second = await tables(access)
    const standing = second.kind === 'seen' ? stillThere(first.value, second.value) : first.value
    const programs = new Map(standing.map((socket) => [socket, owners.get(socket.inode) ?? null]))
    const heard = await hearAll(access, standing, programs)
    const rows = passwd.kind === 'listed' ? passwd.rows : []
    const names = new Map(rows.toReversed().map(({ uid, name }) => [uid, name] as const))
    const values = onePerPlace(standing).map(
      (socket): ValueOf<typeof listeningSockets> => ({
        host,
        transport: socket.transport,
        address: socket.address,
        port: socket.port,
        reach: reachOf(socket.address),
        program: programs.get(socket) ?? null,
        account: names.get(socket.uid) ?? `#${socket.uid}`,
        speaks: heard.get(placeOf(socket)) ?? null,
      }),
    )
    return collected(listeningSockets, host, values)
  },
}

/** A socket that is gone after this long was a client's, or is over: it would only come and go. */
const shortLived = 400
const atOnce = 8
/** For all sockets together; what was not asked by then is asked at the next look. */
const longest = 120_000

async function tables({ files }: HostAccess): Promise<Looked<readonly Listening[]>> {
  const all: Listening[] = []
  for (const [transport, name] of [
    ['tcp', 'tcp'],
    ['tcp', 'tcp6'],
    ['udp', 'udp'],
    ['udp', 'udp6'],
  ] as const) {
    const table = await files.text(`/proc/net/${name}`)
    if (table.kind === 'seen') all.push(...parseTable(transport, table.value))
    else if (name === 'tcp' || table.kind === 'refused') return table
  }
  return { kind: 'seen', value: all }
}

function stillThere(first: readonly Listening[], second: readonly Listening[]): readonly Listening[] {
  const then = new Set(second.map(({ inode }) => inode))
  return first.filter(({ inode }) => then.has(inode))
}

function placeOf({ transport, address, port }: Listening): string {
  return `${transport}/${address}:${port}`
}

/** Several sockets may share an address and a port (SO_REUSEPORT): the oldest stands for them. */
function onePerPlace(sockets: readonly Listening[]): readonly Listening[] {
  const oldest = new Map<string, Listening>()
  for (const socket of sockets) {
    const known = oldest.get(placeOf(socket))
    if (known === undefined || Number(socket.inode) < Number(known.inode)) oldest.set(placeOf(socket), socket)
  }
  return [...oldest.values()]
}

/** What speaks at each place, of what is known and of what there is time to ask. */
async function hearAll(
  access: HostAccess,
  sockets: readonly Listening[],
  programs: ReadonlyMap<Listening, string | null>,
): Promise<ReadonlyMap<string, Speaks>> {
  const { heard, look, now } = access
  const found = new Map<string, Speaks>()
  if (!look.probing) return found
  const tcp = onePerPlace(sockets).filter(({ transport }) => transport === 'tcp')
  const idOf = (socket: Listening) => `${placeOf(socket)} ${socket.inode}`
  heard.only(new Set(tcp.map(idOf)))
  const turns = turnsFor(atOnce)
  const end = performance.now() + longest
  await Promise.all(
    tcp.map(async (socket) => {
      const known = heard.recall(idOf(socket), now())
      if (known !== null) return found.set(placeOf(socket), known)
      await turns.take()
      const peer = peerOf(socket, sockets)
      const speaks =
        peer === null || performance.now() > end ? null : await probe(peer, programs.get(socket) ?? null)
      turns.give()
      if (speaks === null) return found
      heard.keep(idOf(socket), speaks, now())
      return found.set(placeOf(socket), speaks)
    }),
  )
  return found
}
