import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { environment } from '../config.ts'
import { superviseAgent } from './supervise-agent.ts'

test('what the agent says goes on in a new file when the log is full, from its first line to its last', async () => {
  const home = mkdtempSync(join(tmpdir(), 'hevd-agent-log-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const folder = join(home, 'log')
  const full = `${'x'.repeat(9_999_999)}\n`
  mkdirSync(folder)
  writeFileSync(join(folder, 'agent.log'), full)
  const agent = superviseAgent({
    home,
    server: 'http://127.0.0.1:9',
    certificate: null,
    observerUrl: null,
    environment,
  })
  const newest = () => readFileSync(join(folder, 'agent.log'), 'utf8')
  await expect.poll(newest, { timeout: 60_000, interval: 100 }).toMatch(/"event":"started"/)
  await agent.stop()
  const events = newest()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).event)
  expect(events[0]).toBe('started')
  expect(events.at(-1)).toBe('stopped')
  expect(readdirSync(folder).sort()).toEqual(['agent.log', 'agent.log.1'])
  expect(readFileSync(join(folder, 'agent.log.1'), 'utf8')).toBe(full)
  expect(statSync(join(folder, 'agent.log')).mode & 0o777).toBe(0o600)
})
