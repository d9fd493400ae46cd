import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Said, vocabulary } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { keepSending } from './sender.ts'
import { poster } from './sending/answers.ts'
import { doorbell } from './sending/doorbell.ts'
import { growingPauses } from './sending/pause.ts'
import { openSpool } from './spool/spool.ts'
import { cleansUpBy } from './testdata/at-end.ts'
import { folderWith } from './testdata/folder.ts'
import { madeFacts } from './testdata/made-runs.ts'
import { type NaiveServer, naiveServer } from './testdata/naive-server.ts'

cleansUpBy(onTestFinished)

const byName = (facts: readonly Said[]) =>
  new Map(facts.map(({ type, value }) => [`${type}|${vocabulary.get(type)?.key(value)}`, value]))

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((wait) => setTimeout(wait, 10))
}

/** A sender with a spool of its own that is told what to have seen. Pauses are as short as their rule lets them. */
function sender(server: NaiveServer, token = { now: 'token-1' }) {
  const spool = openSpool(':memory:')
  const stop = new AbortController()
  const bell = doorbell()
  const logged: string[] = []
  let skipped = 0
  const running = keepSending({
    spool,
    post: poster(server.url, 'test', async () => token.now, stop.signal),
    log: (event, about) => logged.push(`${event} ${String(about?.why ?? '')}`.trim()),
    bell,
    random: () => 0,
    monotonic: () => performance.now() + skipped,
    signal: stop.signal,
  })
  onTestFinished(async () => {
    stop.abort()
    await running
    spool.close()
  })
  return {
    spool,
    logged,
    /** Time goes by on the sender's clock. */
    skip(milliseconds: number) {
      skipped += milliseconds
      bell.ring()
    },
    see(seed: number, collector = 'accounts') {
      spool.record({
        host: 'h1',
        collector,
        title: { nb: 'Kontoer', en: 'Accounts' },
        interval: 'PT1M',
        facts: madeFacts(seed),
        coverage: [{ type: 'account', scope: 'h1', state: 'complete', detail: '' }],
        observedAt: seed,
      })
      bell.ring()
    },
    sent: () => until(() => spool.waiting() === 0),
  }
}

test('only differences are sent, and a run without changes is an empty one', async () => {
  const server = await naiveServer()
  const { see, sent } = sender(server)
  for (const seed of [1, 2, 2, 3]) {
    see(seed)
    await sent()
  }
  expect(server.came.map(({ kind, put, gone }) => [kind, put.length + gone.length > 0])).toEqual([
    ['full', true],
    ['difference', true],
    ['difference', false],
    ['difference', true],
  ])
  expect(server.factsOf('accounts')).toEqual(byName(madeFacts(3)))
  expect(server.complaints).toEqual([])
})

test.each(['down', 'broken', 'loses-answers'] as const)(
  'a server that is %s, and then well again',
  async (mood) => {
    const server = await naiveServer()
    const { see, sent, logged, spool } = sender(server)
    see(1)
    await sent()
    server.mood = mood
    for (const seed of [2, 3, 4]) see(seed)
    await until(() => logged.length > 0)
    see(5)
    expect(spool.waiting()).toBeGreaterThan(0)
    server.mood = 'well'
    await sent()
    expect(server.factsOf('accounts')).toEqual(byName(madeFacts(5)))
    expect(server.complaints).toEqual([])
    expect(logged).toContain('server-answers-again')
  },
)

test('a server that has forgotten wants everything, and gets it', async () => {
  const server = await naiveServer()
  const { see, sent } = sender(server)
  see(1)
  await sent()
  server.forget('accounts')
  for (const seed of [2, 3]) see(seed)
  await sent()
  expect(server.factsOf('accounts')).toEqual(byName(madeFacts(3)))
  expect(server.came.at(-1)?.kind).toBe('full')
})

test('a new token is taken up from its file', async () => {
  const server = await naiveServer()
  const token = { now: 'old' }
  const { see, sent, logged } = sender(server, token)
  see(1)
  await until(() => logged.includes('server-does-not-take token-refused'))
  expect(server.came).toEqual([])
  token.now = 'token-1'
  await sent()
  expect(server.factsOf('accounts')).toEqual(byName(madeFacts(1)))
})

test('what the server refuses is not sent again at once, and holds nothing else up', async () => {
  const server = await naiveServer()
  const { see, sent, logged, skip } = sender(server)
  server.mood = 'refuses'
  see(1)
  await until(() => logged.length > 0)
  server.mood = 'well'
  see(2, 'others')
  await until(() => server.factsOf('others').size > 0)
  expect(server.factsOf('accounts').size).toBe(0)
  skip(5 * 60_000)
  await sent()
  expect(server.factsOf('accounts')).toEqual(byName(madeFacts(1)))
})

test('of a batch that the server will not take, each report is tried by itself', async () => {
  const server = await naiveServer()
  const { see, sent, logged, skip } = sender(server)
  server.mood = 'not-taken'
  see(1)
  see(2, 'others')
  await until(() => logged.length === 2)
  expect(logged).toEqual(['report-refused HTTP 413', 'report-refused HTTP 413'])
  server.mood = 'well'
  skip(5 * 60_000)
  await sent()
  expect(server.factsOf('others')).toEqual(byName(madeFacts(2)))
})

test('pauses grow to a minute and begin anew', () => {
  const pauses = growingPauses(() => 0.999)
  const waits = Array.from({ length: 9 }, () => pauses.next())
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waits.at(-1)).toBeLessThanOrEqual(60_000)
  pauses.reset()
  expect(pauses.next()).toBeLessThanOrEqual(1000)
})

test('kill -9 in the middle of spooling and sending, again and again: no difference is lost', async () => {
  const server = await naiveServer()
  const path = folderWith().at('spool.sqlite')
  const fixture = fileURLToPath(new URL('testdata/spooling.fixture.ts', import.meta.url))
  let seen = 0
  const begin = () => {
    const args = ['--disable-warning=ExperimentalWarning', fixture, path, server.url, String(seen + 1)]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    createInterface({ input: child.stdout }).on('line', (line) => {
      seen = Number(line)
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    return child
  }
  for (let round = 0; round < 5; round += 1) {
    server.mood = round % 3 === 1 ? 'down' : round % 3 === 2 ? 'loses-answers' : 'well'
    const before = seen
    const child = begin()
    await until(() => seen > before + 5 + round * 3)
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  server.mood = 'well'
  const before = seen
  const last = begin()
  await until(() => seen > before)
  last.stdin.end()
  expect(await once(last, 'close')).toEqual([0, null])
  expect(server.factsOf('accounts')).toEqual(byName(madeFacts(seen)))
  expect(server.complaints).toEqual([])
}, 600_000)
