import { createSocket, type Socket } from 'node:dgram'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Probe } from './lab.fixture.ts'

/** Reads lists of probes, one a line with the milliseconds to wait, and answers each with a list of whether the packet got in. */
const atOnce = 48

for await (const line of createInterface({ input: process.stdin })) {
  const { probes, patience }: { probes: readonly Probe[]; patience: number } = JSON.parse(line)
  process.stdout.write(`${JSON.stringify(await answers(probes, patience))}\n`)
}

async function answers(probes: readonly Probe[], patience: number): Promise<boolean[]> {
  const got = new Array<boolean>(probes.length).fill(false)
  const numbered = probes.map((probe, at) => ({ probe, at }))
  const queue = numbered.filter(({ probe }) => probe.protocol === 'tcp')
  const worker = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      got[next.at] = await overTcp(next.probe, patience)
  }
  await Promise.all([
    overUdp(
      numbered.filter(({ probe }) => probe.protocol === 'udp'),
      got,
      patience,
    ),
    ...Array.from({ length: atOnce }, worker),
  ])
  return got
}

function overTcp({ source, destination, port }: Probe, patience: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: destination, port, localAddress: source })
    const end = (open: boolean) => {
      clearTimeout(timer)
      socket.resetAndDestroy()
      done(open)
    }
    const timer = setTimeout(() => end(false), patience)
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
  })
}

async function overUdp(
  probes: readonly { probe: Probe; at: number }[],
  got: boolean[],
  patience: number,
): Promise<void> {
  const sockets = new Map<string, Socket>()
  for (const source of new Set(probes.map(({ probe }) => probe.source))) {
    const socket = createSocket(source.includes(':') ? 'udp6' : 'udp4')
    socket.on('message', (message) => (got[Number(message.toString())] = true))
    socket.on('error', () => {})
    await new Promise<void>((bound) => socket.bind(0, source, bound))
    sockets.set(source, socket)
  }
  for (const { probe, at } of probes)
    sockets.get(probe.source)?.send(String(at), probe.port, probe.destination, () => {})
  if (probes.length > 0) await new Promise((waited) => setTimeout(waited, patience))
  for (const socket of sockets.values()) socket.close()
}
