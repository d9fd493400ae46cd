import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { listeningSockets } from '@hevd/facts'
import { expect, test } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)
const fixture = fileURLToPath(new URL('../testdata/sockets.fixture.ts', import.meta.url))
const seen = z.object({
  facts: z.array(z.object({ value: z.unknown().transform((value) => listeningSockets.parse(value)) })),
  coverage: z.array(z.object({ state: z.string() })),
})
const printed = z.object({ ordinary: seen, first: seen, second: seen, metFirst: z.number(), met: z.number() })

/** Looks in a network namespace where nothing else listens. */
async function look() {
  const script = 'ip link set lo up && ip address add 10.9.8.7/32 dev lo && exec "$@"'
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', fixture]
  const { stdout } = await run('unshare', ['-n', 'sh', '-c', script, 'look', ...node])
  return printed.parse(JSON.parse(stdout))
}

const socket = (address: string, port: number, reach: string, speaks: string | null, transport = 'tcp') => ({
  host: 'h1',
  transport,
  address,
  port,
  reach,
  program: 'node',
  account: 'root',
  speaks,
})
const expected = [
  socket('0.0.0.0', 2323, 'network', 'telnet'),
  socket('0.0.0.0', 5353, 'network', null, 'udp'),
  socket('0.0.0.0', 5900, 'network', 'vnc'),
  socket('10.9.8.7', 22, 'network', 'ssh'),
  socket('127.0.0.1', 23, 'loopback', 'telnet'),
  socket('::', 8080, 'network', 'http'),
]

function inOrder({ facts }: z.infer<typeof seen>) {
  const values = facts.map(({ value }) => value)
  return values.toSorted((a, b) => (`${a.address}:${a.port}` < `${b.address}:${b.port}` ? -1 : 1))
}

test('all that listens, with how far it reaches, whose it is and what it speaks; and it is asked but once', async () => {
  const { ordinary, first, second, metFirst, met } = await look()
  expect(inOrder(first)).toEqual(expected)
  expect(first.coverage).toMatchObject([{ state: 'complete' }])
  expect(second).toEqual(first)
  expect([metFirst, met]).toEqual([2, 2])
  expect(inOrder(ordinary)).toEqual(expected.map((one) => ({ ...one, program: null })))
})
