import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { powerCutDisk } from '@hevd/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Target } from '../../target.ts'
import { openTarget } from '../open-target.ts'

let base: string
let target: Target
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'hevd-folder-target-'))
  mkdirSync(join(base, 'root'))
  mkdirSync(join(base, 'outside'))
  writeFileSync(join(base, 'outside/file'), 'outside')
  target = await openTarget({ kind: 'folder', path: join(base, 'root') })
})
afterAll(() => rmSync(base, { recursive: true }))

test('what lies behind a symbolic link is neither read, written, removed nor listed', async () => {
  symlinkSync(join(base, 'outside'), join(base, 'root/folder'))
  symlinkSync(join(base, 'outside/file'), join(base, 'root/file'))
  for (const act of [
    () => target.get('folder/file'),
    () => target.put('folder/new', []),
    () => target.remove('folder/file'),
    () => target.get('file'),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'path-outside' })
  expect(await Array.fromAsync(target.list(''))).toEqual([])
  expect(await Array.fromAsync(target.list('folder'))).toEqual([])
  expect(await target.folders('')).toEqual([])
  expect(readdirSync(join(base, 'outside'))).toEqual(['file'])
  await target.put('file', [Buffer.from('own')])
  expect((await buffer(await target.get('file'))).toString()).toBe('own')
  rmSync(join(base, 'root'), { recursive: true })
  mkdirSync(join(base, 'root'))
})

test('files are for their owner alone', async () => {
  await target.put('a/b', [])
  expect(statSync(join(base, 'root/a/b')).mode & 0o777).toBe(0o600)
  expect(statSync(join(base, 'root/a')).mode & 0o777).toBe(0o700)
})

test('a folder that is not there, and a file', async () => {
  await expect(openTarget({ kind: 'folder', path: join(base, 'away') })).rejects.toMatchObject({
    code: 'target-unreachable',
  })
  await expect(openTarget({ kind: 'folder', path: join(base, 'outside/file') })).rejects.toMatchObject({
    code: 'target-unreachable',
  })
})

test('the root of the file system is a folder as well, and a folder that is not there has nothing to lose', async () => {
  const everything = await openTarget({ kind: 'folder', path: '/' }, { now: Date.now }, 'look')
  await everything.makeDurable(base.slice(1))
  await target.makeDurable('not/there')
})

test('what was left half-written goes when a day has gone by', async () => {
  const unfinished = join(base, 'root/.unfinished')
  mkdirSync(unfinished, { recursive: true })
  for (const name of ['old', 'young']) writeFileSync(join(unfinished, name), 'x')
  utimesSync(join(unfinished, 'old'), 1, 1)
  await openTarget({ kind: 'folder', path: join(base, 'root') })
  expect(readdirSync(unfinished)).toEqual(['young'])
})

test('what was acknowledged outlives a power cut, and nothing is there in part', async () => {
  const disk = powerCutDisk()
  try {
    disk.mount()
    const machine = disk.start(join(import.meta.dirname, 'writing.fixture.ts'), disk.home)
    const acknowledged = () => machine.output().split('\n').slice(0, -1)
    while (acknowledged().length < 40) await sleep(20)
    await disk.cut(machine)
    disk.mount()
    const left = await openTarget({ kind: 'folder', path: disk.home })
    const there = new Set<string>()
    for await (const { path } of left.list('')) {
      const digest = createHash('sha256')
        .update(await buffer(await left.get(path)))
        .digest('hex')
      expect(path.endsWith(digest)).toBe(true)
      there.add(path)
    }
    expect(acknowledged().filter((path) => !there.has(path))).toEqual([])
    await disk.unmount()
  } finally {
    disk.remove()
  }
})
