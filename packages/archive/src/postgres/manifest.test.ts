import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Headers, pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseManifest } from './manifest.ts'
import { unpack } from './unpack.ts'

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

function manifestOf(files: readonly object[], change: (text: string) => string = (text) => text): Buffer {
  const body = `{ "PostgreSQL-Backup-Manifest-Version": 1,\n"Files": ${JSON.stringify(files)},\n"WAL-Ranges": [],\n`
  return Buffer.from(change(`${body}"Manifest-Checksum": "${sha256(body)}"}\n`))
}
const entry = (Path: string, content: string) => ({
  ...{
    Path,
    Size: content.length,
    'Last-Modified': '2026-11-26 08:00:00 GMT',
    'Checksum-Algorithm': 'SHA256',
    Checksum: sha256(content),
  },
})

describe('a manifest', () => {
  test('tells size and digest of each file, by the bytes of its name', () => {
    const encoded = { ...entry('', 'x'), Path: undefined, 'Encoded-Path': 'ff61' }
    expect(parseManifest(manifestOf([entry('base/1/æ', 'rows'), encoded]))).toEqual(
      new Map([
        ['base/1/Ã¦', { bytes: 4, sha256: sha256('rows') }],
        ['\xffa', { bytes: 1, sha256: sha256('x') }],
      ]),
    )
  })

  test.each([
    ['changed', (text: string) => text.replace('"Size":4', '"Size":5')],
    ['cut short', (text: string) => text.slice(0, -20)],
    ['with another checksum', (text: string) => text.replace('SHA256', 'CRC32C')],
  ])('that is %s is refused', (_what, change) => {
    expect(() => parseManifest(manifestOf([entry('a', 'rows')], change))).toThrow(
      expect.objectContaining({ code: 'content-differs' }),
    )
  })
})

describe('unpacking', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hevd-unpack-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const manifest = parseManifest(manifestOf([entry('base/a', 'rows'), entry('b', 'more')]))
  async function unpacked(
    entries: readonly (Partial<Headers> & { name: string; content?: string })[],
  ): Promise<Set<string>> {
    const tar = pack()
    for (const { content, ...header } of entries) tar.entry(header, content)
    tar.finalize()
    const found = new Set<string>()
    await unpack(tar, root, '', manifest, found, () => {})
    return found
  }

  test('writes what the manifest has, and says what it found', async () => {
    const found = await unpacked([
      { name: './base/', type: 'directory', mode: 0o700 },
      { name: 'base/a', content: 'rows', mode: 0o600 },
    ])
    expect([...found]).toEqual(['base/a'])
    expect(readFileSync(join(root, 'base/a'), 'utf8')).toBe('rows')
  })

  test.each([
    ['another content', { name: 'b', content: 'mOre' }, 'content-differs'],
    ['another length', { name: 'b', content: 'more!' }, 'content-differs'],
    ['a file that the manifest has not', { name: 'c', content: '' }, 'content-differs'],
    ['a name that leads out', { name: '../b', content: 'more' }, 'entry-unsafe'],
    ['an absolute name', { name: '/b', content: 'more' }, 'entry-unsafe'],
    ['a link where none may be', { name: 'b', type: 'symlink', linkname: '/etc' }, 'entry-unsafe'],
    [
      'a link below the tablespaces',
      { name: 'pg_tblspc/1/b', type: 'symlink', linkname: '/etc' },
      'entry-unsafe',
    ],
    ['a hard link', { name: 'b', type: 'link', linkname: 'base/a' }, 'entry-unsafe'],
    ['a device', { name: 'b', type: 'character-device' }, 'entry-unsafe'],
  ] as const)('refuses %s, by name', async (_what, bad, code) => {
    await expect(unpacked([bad])).rejects.toMatchObject({ code, params: { name: bad.name } })
  })
})
