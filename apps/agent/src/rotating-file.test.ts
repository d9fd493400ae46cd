import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { rotatingFile } from './rotating-file.ts'
import { atEnd, cleansUpBy } from './testdata/at-end.ts'
import { folderWith } from './testdata/folder.ts'

cleansUpBy(onTestFinished)

const lost = (lines: number) => `lost ${lines}\n`
const numbers = (path: string) =>
  [4, 3, 2, 1, 0]
    .map((number) => (number === 0 ? path : `${path}.${number}`))
    .filter((name) => existsSync(name))
    .flatMap((name) => readFileSync(name, 'utf8').trimEnd().split('\n'))
    .map((line) => Number(/^line (\d+)$/.exec(line)?.[1]))
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

test('five files of bounded size, nobody else’s to read, with every line of the newest part in order', () => {
  const { path: folder, at } = folderWith()
  const file = rotatingFile(at('log'), lost, { bytes: 100, files: 5, waitingBytes: 1000 })
  for (let number = 0; number < 200; number += 1) file.write(`line ${number}\n`)
  file.close()
  expect(readdirSync(folder).sort()).toEqual(['log', 'log.1', 'log.2', 'log.3', 'log.4'])
  for (const name of readdirSync(folder)) {
    expect(statSync(at(name)).size).toBeLessThanOrEqual(100)
    expect(statSync(at(name)).mode & 0o777).toBe(0o600)
  }
  const kept = numbers(at('log'))
  expect(kept).toEqual(from(kept[0] ?? 0, 199))
  expect(kept.length).toBeGreaterThan(40)
})

test('a file from before goes on, and one that is too long already is put aside whole', () => {
  const { at } = folderWith({ log: `${'x'.repeat(300)}\n` })
  const file = rotatingFile(at('log'), lost, { bytes: 100, files: 5, waitingBytes: 1000 })
  file.write('line 1\n')
  file.close()
  rotatingFile(at('log'), lost, { bytes: 100, files: 5, waitingBytes: 1000 }).write('line 2\n')
  expect(readFileSync(at('log'), 'utf8')).toBe('line 1\nline 2\n')
  expect(statSync(at('log.1')).size).toBe(301)
})

test('a number that a crash left free is filled, and nothing beyond it moves', () => {
  const { at } = folderWith({ log: `${'x'.repeat(100)}\n`, 'log.1': 'one\n', 'log.3': 'three\n' })
  rotatingFile(at('log'), lost, { bytes: 100, files: 5, waitingBytes: 1000 }).write('new\n')
  const texts = ['log', 'log.2', 'log.3'].map((name) => readFileSync(at(name), 'utf8'))
  expect(texts).toEqual(['new\n', 'one\n', 'three\n'])
})

test('a writer that is killed again and again loses no line that was written, and leaves no half one', async () => {
  const { at } = folderWith()
  const fixture = fileURLToPath(new URL('testdata/rotating.fixture.ts', import.meta.url))
  let next = 0
  for (const least of [1, 150, 333, 700]) {
    const child = spawn(process.execPath, [fixture, at('log'), String(next)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (Number(said.split('\n').at(-2)) >= next + least) child.kill('SIGKILL')
    })
    await once(child, 'close')
    const kept = numbers(at('log'))
    const last = kept.at(-1) ?? -1
    expect(kept).toEqual(from(kept[0] ?? 0, last))
    expect(last).toBeGreaterThanOrEqual(Number(said.split('\n').at(-2)))
    next = last + 1
  }
})

test('on a full disk lines wait, then are dropped and counted; with room again it goes on', () => {
  const { at } = folderWith()
  mkdirSync(at('disk'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('disk')])
  atEnd(() => {
    execFileSync('umount', ['--lazy', at('disk')])
  })
  const path = at('disk/log')
  const file = rotatingFile(path, lost, { bytes: 1_000_000, files: 5, waitingBytes: 1000 })
  file.write('first\n')
  const rest = Buffer.alloc(4096)
  expect(() => {
    for (;;) writeFileSync(at('disk/other'), rest, { flag: 'a' })
  }).toThrow(/ENOSPC/)
  const long = `${'x'.repeat(99)}\n`
  for (let number = 0; number < 100; number += 1) file.write(long)
  const full = readFileSync(path, 'utf8')
  expect(full.startsWith('first\n')).toBe(true)
  expect(full.endsWith('\n')).toBe(true)
  const written = full.split('\n').length - 2
  rmSync(at('disk/other'))
  file.write('last\n')
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  expect(lines.slice(0, -2)).toEqual(['first', ...Array.from({ length: written + 10 }, () => 'x'.repeat(99))])
  expect(lines.slice(-2)).toEqual([`lost ${100 - written - 10}`, 'last'])
  file.close()
})
