import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type DiskTrace, Killed, traceDisk } from '@hevd/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTarget } from '../open-target.ts'

let base: string
let trace: DiskTrace
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hevd-folder-cut-'))
  mkdirSync(join(base, 'target'))
  trace = traceDisk(join(base, 'target'))
})
afterEach(() => {
  trace.stop()
  rmSync(base, { recursive: true })
})

const open = () => openTarget({ kind: 'folder', path: join(base, 'target') })

/** The files that are there when the power comes back, each with what it holds. */
async function left(operations = trace.operations()): Promise<ReadonlyMap<string, string>> {
  const path = join(base, 'cut')
  trace.cut(operations, path, 'least')
  const target = await openTarget({ kind: 'folder', path }, { now: Date.now }, 'look')
  const there = new Map<string, string>()
  for await (const file of target.list(''))
    there.set(file.path, (await buffer(await target.get(file.path))).toString())
  rmSync(path, { recursive: true })
  return there
}

test('what is written at the same time into new folders is durable each by itself', async () => {
  const target = await open()
  const paths = ['a/b/c/1', 'a/b/2', 'a/b/c/3', 'a/4']
  const acknowledged = await Promise.all(
    paths.map(async (path) => {
      await target.put(path, [Buffer.from(path)])
      return { path, at: trace.operations() }
    }),
  )
  for (const { path, at } of acknowledged) expect((await left(at)).get(path), path).toBe(path)
})

test('what a killed writer left to be seen is durable before the next one goes by it', async () => {
  for (let after = 1; ; after += 1) {
    const path = `killed-${after}/a/file`
    const killed = await open()
    trace.killAfter(after)
    const died = await killed.put(path, [Buffer.from(path)]).then(
      () => false,
      (error: unknown) => error instanceof Killed || Promise.reject(error),
    )
    trace.revive()
    const target = await open()
    const seen = (await Array.fromAsync(target.list(''))).map((file) => file.path)
    const before = await left()
    expect(seen.filter((file) => before.get(file) !== file)).toEqual([])
    const next = `killed-${after}/a/next`
    await target.put(next, [Buffer.from(next)])
    expect((await left()).get(next)).toBe(next)
    if (!died) return
  }
})

test('what another process has put there and not made durable yet is so when asked for', async () => {
  for (let after = 1; ; after += 1) {
    const path = `asked-${after}/a/file`
    const [dying, going] = [await open(), await open()]
    trace.killAfter(after)
    const died = await dying.put(path, [Buffer.from(path)]).then(
      () => false,
      (error: unknown) => error instanceof Killed || Promise.reject(error),
    )
    trace.revive()
    await going.makeDurable(`asked-${after}/a`)
    const seen = (await Array.fromAsync(going.list(''))).map((file) => file.path)
    const there = await left()
    expect(seen.filter((file) => there.get(file) !== file)).toEqual([])
    if (!died) return
  }
})
