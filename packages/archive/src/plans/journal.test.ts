import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openJournal } from './journal.ts'
import { lockOf } from './lock.ts'
import { stateFileOf } from './places.ts'
import { readState, sourceState } from './state.ts'

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'hevd-journal-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  return home
}

const why = { code: 'target-full', params: { target: '/srv' }, words: { nb: 'fullt', en: 'full' } }

test('remembers how each run went; what a process left running was interrupted', () => {
  const home = newHome()
  expect(readState(home)).toEqual({ runs: [], drills: [], logs: [] })
  const journal = openJournal(home)
  const begun = (source: string, kind: 'full' | 'incremental', at: number) =>
    journal.begin({ source, target: 'disk', kind, at })
  journal.end(begun('a', 'full', 10), { outcome: 'made', at: 20, backupId: 'one', bytes: 7, why: null })
  begun('a', 'incremental', 30)
  const other = begun('b', 'full', 31)
  journal.end(begun('a', 'incremental', 40), { outcome: 'failed', at: 41, backupId: null, bytes: 0, why })
  journal.logged({ source: 'a', at: 50, lsn: '0/3000000', why: null })
  journal.logStands('a', why)
  journal.drilled({
    source: 'a',
    target: 'disk',
    backupId: 'one',
    startedAt: 60,
    endedAt: 61,
    outcome: 'failed',
    why,
    files: 1,
    tables: 2,
    rows: 3,
  })

  const { lastAttempt, lastFull, lastMade, lastDrill, log } = sourceState(readState(home), 'a')
  expect(lastAttempt).toMatchObject({
    kind: 'incremental',
    outcome: 'failed',
    endedAt: 41,
    why,
    backupId: null,
  })
  expect(lastFull).toMatchObject({ startedAt: 10, endedAt: 20, outcome: 'made', backupId: 'one', bytes: 7 })
  expect(lastMade).toEqual(lastFull)
  expect(lastDrill).toMatchObject({ outcome: 'failed', why, files: 1, tables: 2, rows: 3 })
  expect(log).toEqual({ source: 'a', at: 50, lsn: '0/3000000', why })
  const outcomes = readState(home).runs.map(({ source, outcome }) => `${source} ${outcome}`)
  expect(outcomes).toEqual(['a failed', 'b running', 'a interrupted', 'a made'])
  journal.close()
  openJournal(home).close()
  expect(readState(home).runs.find(({ id }) => id === other)?.outcome).toBe('running')
  expect(statSync(stateFileOf(home)).mode & 0o777).toBe(0o600)
})

test('a file that is none is said, and not written over', () => {
  const home = newHome()
  openJournal(home).close()
  writeFileSync(stateFileOf(home), 'no database, and long enough to be taken for one'.repeat(100))
  expect(() => openJournal(home)).toThrow(/state\.sqlite cannot be read.*Move it away/)
})

test('is done once at a time, until its process ends, however that is', async () => {
  const home = newHome()
  const module = new URL('./lock.ts', import.meta.url).href
  const script = `import { lockOf } from ${JSON.stringify(module)}
    lockOf(${JSON.stringify(home)}, 'a', 'The backup of a', process.pid)
    console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  await once(child.stdout, 'data')
  const take = () => lockOf(home, 'a', 'The backup of a', process.pid)
  expect(take).toThrow(`The backup of a is running already (process ${child.pid})`)
  lockOf(home, 'b', 'The backup of b', process.pid)()
  child.kill('SIGKILL')
  await once(child, 'exit')
  take()()
  take()()
})
