import { appendFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { findsOf, scanned } from '../testdata/scanned.ts'
import { wholeUpTo } from './logs/file.ts'

cleansUpBy(onTestFinished)

const line = (n: number, more = '') => `2026-06-15T12:00:00Z INFO request ${n} ${more}\n`
const look = async (path: string, over = {}) => {
  const report = (await scanned({ kind: 'logs', path }, over))[path]
  if (typeof report !== 'object') throw new Error(String(report))
  return report
}

test('rotated and compressed files are read, binary ones counted, links not followed; lines are told, not shown', async () => {
  const folder = folderWith({
    'app.log': line(1) + line(2, 'password=Sommer2026!') + line(3) + line(4, 'password=Vinter2027!'),
    'app.log.1': line(1, 'card 4539578763621486'),
    'deep/old.log': line(1),
    'empty.log': '',
  })
  writeFileSync(folder.at('app.log.2.gz'), gzipSync(line(1) + line(2, 'kari@example.no')))
  writeFileSync(folder.at('wtmp'), Buffer.from([7, 0, 0, 0, 1]))
  symlinkSync(folder.at('app.log'), folder.at('linked.log'))
  const report = await look(folder.path)
  expect(findsOf(report)).toEqual([
    `${folder.at('app.log')} assigned-secret 2`,
    `${folder.at('app.log.1')} card-number 1`,
    `${folder.at('app.log.2.gz')} email 1`,
  ])
  expect(report.finds.map(({ lines }) => lines)).toEqual([
    [2, 4],
    [1, 1],
    [2, 2],
  ])
  expect(report).toMatchObject({
    state: 'whole',
    objects: 6,
    ofObjects: 6,
    binaryValues: 1,
    open: 0,
    gaps: [],
  })
  expect(JSON.stringify(report)).not.toMatch(/Sommer|Vinter|4539|kari/)
})

test('a file larger than is read whole is sampled by blocks drawn at random, and in full it is whole', async () => {
  const folder = folderWith()
  const path = folder.at('big.log')
  const some = line(1, 'x'.repeat(960)).repeat(1000)
  for (let size = 0; size <= wholeUpTo * 1.5; size += some.length) appendFileSync(path, some)
  const sampled = await look(path)
  expect(sampled.state).toBe('sample')
  expect(sampled.looked).toBeLessThan(sampled.of ?? 0)
  expect(sampled.open).toBeGreaterThan(0)
  expect(sampled.open).toBeLessThan(0.005)
})

test('told to stop it gives what it has seen; a damaged archive and a missing folder say so', async () => {
  const folder = folderWith({ 'long.log': line(1, 'kari@example.no').repeat(20_000) })
  writeFileSync(folder.at('bad.gz'), 'no archive')
  const stop = new AbortController()
  const report = await look(folder.path, { signal: stop.signal, progress: () => stop.abort() })
  expect(report.state).toBe('partial')
  expect(report.gaps).toEqual([
    { what: folder.at('bad.gz'), why: 'failed incorrect header check' },
    { what: folder.at('long.log'), why: 'stopped' },
  ])
  expect(findsOf(report)).toHaveLength(1)
  const gone = folder.at('none')
  expect(await scanned({ kind: 'logs', path: gone })).toEqual({ [gone]: expect.stringContaining('ENOENT') })
})
