import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, open, rename, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DiskTrace, Killed, type Luck, traceDisk } from './index.ts'

let base: string
let trace: DiskTrace
let cuts = 0
const at = (...parts: string[]) => join(base, 'disk', ...parts)
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'hevd-trace-'))
  await mkdir(at())
  writeFileSync(at('old'), 'old')
  trace = traceDisk(at())
})
afterEach(() => {
  trace.stop()
  rmSync(base, { recursive: true })
})

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  await folder.sync()
  await folder.close()
}

/** Names and content that a cut leaves. */
function left(luck: Luck, operations = trace.operations()): Record<string, string> {
  cuts += 1
  const into = join(base, `cut-${cuts}`)
  trace.cut(operations, into, luck)
  const names = readdirSync(into, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(into.length + 1), readFileSync(path, 'utf8')]
    }),
  )
}

test('content without its name, and a name without its content, are not there', async () => {
  const file = await open(at('new'), 'wx')
  await file.write(Buffer.from('content'))
  await file.sync()
  expect(left('least')).toEqual({ old: 'old' })
  await syncFolder(at())
  expect(left('least')).toEqual({ old: 'old', new: 'content' })
  await file.appendFile(', more')
  await file.close()
  expect(left('least')).toEqual({ old: 'old', new: 'content' })
  expect(left('most')).toEqual({ old: 'old', new: 'content, more' })
  expect(left(() => 0.4)).toEqual({ old: 'old', new: 'content, m'.slice(0, 9) })
})

test('what was there stays until what took its place is durable, and may be there afterwards', async () => {
  const file = await open(at('next'), 'wx')
  await file.writeFile('next')
  await file.sync()
  await file.close()
  await rename(at('next'), at('old'))
  expect(left('least')).toEqual({ old: 'old' })
  await syncFolder(at())
  expect(left('least')).toEqual({ old: 'next' })
  await unlink(at('old'))
  expect([left('least'), left('most')]).toEqual([{ old: 'next' }, {}])
})

test('a folder whose own name is not synced takes with it what is in it', async () => {
  await mkdir(at('a/b'), { recursive: true })
  const file = await open(at('a/b/c'), 'w')
  await file.writeFile('c')
  await file.sync()
  await file.close()
  await syncFolder(at('a/b'))
  await syncFolder(at('a'))
  expect(left('least')).toEqual({ old: 'old' })
  await promisify(execFile)('sync', ['--file-system', at()])
  expect(left('least')).toEqual({ old: 'old', 'a/b/c': 'c' })
})

test('of what was not synced each part may be there or not, and nothing else', async () => {
  for (const name of ['x', 'y']) await (await open(at(name), 'w')).close()
  const seen = new Set<string>()
  for (const first of [0, 0.9])
    for (const second of [0, 0.9]) {
      const drawn = [0, first, second]
      seen.add(Object.keys(left(() => drawn.shift() ?? 0)).join(' '))
    }
  expect(seen).toEqual(new Set(['old', 'old x', 'old y', 'old x y']))
})

test('a process that is killed does nothing more, and the next one does', async () => {
  trace.killAfter(1)
  await mkdir(at('one'))
  await expect(mkdir(at('two'))).rejects.toThrow(Killed)
  expect(readdirSync(at()).sort()).toEqual(['old', 'one'])
  trace.revive()
  await mkdir(at('two'))
  expect(trace.operations()).toBe(2)
})

test('what is done elsewhere, and after it has stopped, is not its', async () => {
  await writeFile(join(base, 'elsewhere'), '')
  trace.stop()
  await mkdir(at('later'))
  expect(trace.operations()).toBe(0)
})
