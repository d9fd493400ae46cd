import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ArchiveError } from '../errors.ts'
import type { Target, TargetFile } from '../target.ts'
import { openTarget } from './open-target.ts'
import type { TargetSetting } from './setting.ts'
import { sshd } from './testdata/sshd.ts'
import { swift } from './testdata/swift.ts'

async function folder(): Promise<{ readonly setting: TargetSetting; stop(): void }> {
  const path = mkdtempSync(join(tmpdir(), 'hevd-target-'))
  return { setting: { kind: 'folder', path }, stop: () => rmSync(path, { recursive: true }) }
}

/** What every target keeps of its contract, against the real thing: a folder, OpenSSH, OpenStack Swift's S3. */
describe.each([
  ['folder', folder],
  ['sftp', sshd],
  ['s3', swift],
] as const)('%s', (kind, start) => {
  let peer: Awaited<ReturnType<typeof start>>
  let target: Target
  beforeAll(async () => {
    peer = await start()
    target = await openTarget(peer.setting)
  })
  afterAll(async () => {
    await target?.close()
    peer?.stop()
  })

  const read = async (path: string) => buffer(await target.get(path))
  const list = async (below: string) =>
    (await Array.fromAsync(target.list(below))).sort((a, b) => (a.path < b.path ? -1 : 1))
  const paths = async (below: string) => (await list(below)).map(({ path }) => path)

  test('says what it is, and no credential', () => {
    expect(target.kind).toBe(kind)
    expect(target.name).not.toContain('testing')
  })

  test('is empty at first', async () => {
    expect(await list('')).toEqual([])
    expect(await list('nowhere')).toEqual([])
    expect(await target.folders('nowhere')).toEqual([])
  })

  test.each([0, 1, 70_000, 1_000_000])('%i bytes come back as they were', async (bytes) => {
    const content = randomBytes(bytes)
    expect(await target.put('sizes/one', inPieces(content, 9_973))).toEqual({ bytes })
    expect((await read('sizes/one')).equals(content)).toBe(true)
    const [file] = (await list('sizes')) as [TargetFile]
    expect(file).toMatchObject({ path: 'sizes/one', bytes })
    expect(Math.abs(file.modifiedAt - Date.now())).toBeLessThan(60_000)
    await target.remove('sizes/one')
  })

  test('lists what lies below a folder, at any depth, and the folders in one', async () => {
    const all = ['a/b/one', 'a/b/two', 'a/three', 'ab/four', 'a/c/d/five', 'six', 'a/c/seven'].sort()
    for (const path of all) await target.put(path, [Buffer.from(path)])
    expect(await paths('')).toEqual(all)
    expect(await paths('a')).toEqual(all.filter((path) => path.startsWith('a/')))
    expect(await paths('a/b')).toEqual(['a/b/one', 'a/b/two'])
    expect([...(await target.folders(''))].sort()).toEqual(['a', 'ab'])
    expect([...(await target.folders('a'))].sort()).toEqual(['b', 'c'])
    for (const path of all) await target.remove(path)
    expect(await list('')).toEqual([])
    expect(await target.folders('a')).toEqual([])
  })

  test('what breaks off while it is written is not there, and leaves what was', async () => {
    await target.put('kept/file', [Buffer.from('before')])
    async function* breaking() {
      yield randomBytes(40_000)
      throw new RangeError('the content broke off')
    }
    await expect(target.put('kept/file', breaking())).rejects.toThrow('the content broke off')
    await expect(target.put('kept/other', breaking())).rejects.toThrow(RangeError)
    expect(await paths('')).toEqual(['kept/file'])
    expect((await read('kept/file')).toString()).toBe('before')
    await target.put('kept/file', [Buffer.from('after')])
    expect((await read('kept/file')).toString()).toBe('after')
    await target.remove('kept/file')
  })

  test('ends writing when it is told to', async () => {
    const stopping = new AbortController()
    async function* endless() {
      for (;;) {
        yield randomBytes(100_000)
        stopping.abort(new Error('enough'))
      }
    }
    await expect(target.put('endless', endless(), stopping.signal)).rejects.toThrow('enough')
    expect(await list('')).toEqual([])
  })

  test('names a file that is not there; removing it does nothing', async () => {
    await expect(target.get('no/file')).rejects.toMatchObject({ code: 'file-missing' })
    await target.remove('no/file')
  })

  test.each(['', '/etc/passwd', '../outside', 'a/../../b', 'a//b', './a', 'a/.', 'a\\b', 'a\0b'])(
    'refuses the path %j',
    async (path) => {
      for (const act of [() => target.get(path), () => target.put(path, []), () => target.remove(path)])
        await expect(act()).rejects.toMatchObject({ code: 'path-outside' })
    },
  )

  test('a large file that is read in part only is let go of', async () => {
    // Of S3 more than one part.
    const bytes = kind === 's3' ? 17_500_000 : 5_000_000
    await target.put('large', inPieces(randomBytes(bytes), 1_000_000))
    const content = await target.get('large')
    for await (const chunk of content) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    expect((await read('large')).length).toBe(bytes)
    await target.remove('large')
  })

  test('has nothing left over', async () => expect(await list('')).toEqual([]))
})

test.each([
  [{ kind: 'ftp' }, 'kind'],
  [{ kind: 'folder', path: 'relative' }, 'path'],
  [{ kind: 'sftp', host: 'h', user: 'u', path: '/p', hostKey: 'aa:bb' }, 'hostKey'],
  [{ kind: 'sftp', host: 'h', user: 'u', path: '/p', hostKey: `SHA256:${'A'.repeat(43)}` }, 'keyFile'],
  [{ kind: 's3', endpoint: 'http://store.example', region: 'r', bucket: 'bbb' }, 'endpoint'],
  [{ kind: 's3', endpoint: 'https://s.example', region: 'r', bucket: 'bbb', prefix: '../x' }, 'prefix'],
  [
    { kind: 's3', endpoint: 'https://s.example', region: 'r', bucket: 'bbb', credentials: 'sEcReT' },
    'credentials',
  ],
])('the setting %j is refused at its field %s', async (setting, field) => {
  const refused = openTarget(setting as TargetSetting)
  await expect(refused).rejects.toMatchObject({ code: 'target-not-valid', params: { field } })
  await refused.catch((error: ArchiveError) => expect(error.message).not.toContain('sEcReT'))
})

function* inPieces(content: Buffer, bytes: number) {
  for (let at = 0; at < content.length; at += bytes) yield content.subarray(at, at + bytes)
}
