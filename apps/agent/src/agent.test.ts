import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { operatingSystems } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { runAgent } from './agent.ts'
import { type Collector, collected } from './collector.ts'
import { readAgentConfig } from './config.ts'
import { keepLooking } from './schedule.ts'
import { cleansUpBy } from './testdata/at-end.ts'
import { folderWith } from './testdata/folder.ts'
import { naiveServer } from './testdata/naive-server.ts'

cleansUpBy(onTestFinished)

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((wait) => setTimeout(wait, 20))
}

test('the program reports all that it sees, says so in lines of JSON, and ends when it is told to', async () => {
  const server = await naiveServer()
  const home = folderWith()
  mkdirSync(home.at('agent'))
  writeFileSync(home.at('agent/token'), 'token-1\n', { mode: 0o600 })
  writeFileSync(home.at('agent/agent.json'), '{"probing": false}')
  const program = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { HEVD_HOME: home.path, HEVD_SERVER: server.url },
  })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  await until(() => server.factsOf('operating-system').size === 1 && server.factsOf('accounts').size > 10)
  child.kill('SIGTERM')
  expect(await once(child, 'close')).toEqual([0, null])
  const events = lines.map((line) => JSON.parse(line))
  const id = readFileSync(home.at('agent/host-id'), 'utf8').trim()
  expect(events[0]).toMatchObject({ event: 'started', host: id, server: server.url })
  expect(events.at(-1)).toMatchObject({ event: 'stopped' })
  const [os] = [...server.factsOf('operating-system').values()]
  expect(operatingSystems.parse(os)).toMatchObject({ host: id, id: 'debian' })
  expect(server.complaints).toEqual([])
  expect(lines.join('\n')).not.toContain('token-1')
})

test('a setting that is not valid ends it at once, with why in both languages', async () => {
  const program = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { HEVD_HOME: folderWith().path, HEVD_SERVER: 'http://example.org' },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(said).toContain('er ikke kryptert')
  expect(said).toContain('is not encrypted')
})

const looking = (name: string, collect: Collector['collect']): Collector => ({
  name,
  types: [operatingSystems.name],
  title: { nb: 'Prøve', en: 'Trial' },
  interval: 'PT1S',
  collect,
})

test('a collector that breaks is failed, and what it last saw stays', async () => {
  const server = await naiveServer()
  const home = folderWith({ token: 'token-1' })
  const stop = new AbortController()
  let breaks = false
  const value = { host: 'h', id: 'debian', version: '12', name: 'Debian', kernel: '6' }
  const trial = looking('trial', async ({ host }) => {
    if (breaks) throw new Error('the disk is gone\nand more')
    return collected(operatingSystems, host.id, [{ ...value, host: host.id }])
  })
  const running = runAgent({
    config: {
      ...readAgentConfig({ HEVD_HOME: home.path, HEVD_SERVER: server.url }, false),
      folder: home.path,
    },
    signal: stop.signal,
    log: () => {},
    look: [trial],
  })
  onTestFinished(() => stop.abort())
  await until(() => server.factsOf('trial').size === 1)
  breaks = true
  await until(() => server.came.some(({ coverage }) => coverage?.[0]?.state === 'failed'))
  expect(server.came.at(-1)?.coverage).toMatchObject([{ state: 'failed', detail: 'the disk is gone' }])
  expect(server.factsOf('trial').size).toBe(1)
  breaks = false
  await until(() => server.came.at(-1)?.coverage?.[0]?.state === 'complete')
  stop.abort()
  await running
})

test('a run that hangs is given up, leaves the others their turn, and is not begun again while it hangs', async () => {
  const stop = new AbortController()
  const begun: string[] = []
  const hung: string[] = []
  const never = new Promise<void>(() => {})
  const never1 = looking('hangs', async () => ({ facts: [], coverage: [] }))
  const running = keepLooking({
    collectors: [never1, looking('other', never1.collect), looking('third', never1.collect)],
    atMost: 1,
    longestRun: 30,
    run: async ({ name }) => {
      begun.push(name)
      if (name === 'hangs') await never
    },
    hung: ({ name }) => hung.push(name),
    monotonic: () => performance.now(),
    signal: stop.signal,
  })
  await until(() => hung.length >= 2 && begun.filter((name) => name === 'third').length >= 2)
  stop.abort()
  await running
  expect(begun.filter((name) => name === 'hangs')).toHaveLength(1)
  expect(new Set(hung)).toEqual(new Set(['hangs']))
})

test('no more than the allowed number look at the same time', async () => {
  const stop = new AbortController()
  let now = 0
  let most = 0
  let runs = 0
  const names = ['a', 'b', 'c', 'd', 'e']
  const running = keepLooking({
    collectors: names.map((name) => looking(name, async () => ({ facts: [], coverage: [] }))),
    atMost: 2,
    longestRun: 10_000,
    run: async () => {
      now += 1
      most = Math.max(most, now)
      await new Promise((wait) => setTimeout(wait, 20))
      now -= 1
      runs += 1
    },
    hung: () => {},
    monotonic: () => performance.now(),
    signal: stop.signal,
  })
  await until(() => runs >= names.length)
  stop.abort()
  await running
  expect(most).toBe(2)
})

test('a first run waits for its turn in time, and every run for room', async () => {
  const stop = new AbortController()
  const asked: number[] = []
  let room = false
  let runs = 0
  const running = keepLooking({
    collectors: [looking('a', async () => ({ facts: [], coverage: [] }))],
    atMost: 1,
    longestRun: 10_000,
    run: async () => {
      expect(room).toBe(true)
      runs += 1
    },
    hung: () => {},
    monotonic: () => performance.now(),
    signal: stop.signal,
    firstAfter: (interval) => {
      asked.push(interval)
      return 50
    },
    before: async () => {
      expect(runs).toBe(0)
      room = true
    },
  })
  expect(runs).toBe(0)
  await until(() => runs === 1)
  stop.abort()
  await running
  expect(asked).toEqual([1000])
})
