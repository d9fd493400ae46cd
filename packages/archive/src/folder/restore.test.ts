import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateKey, type KeyPair } from '../age/keys.ts'
import { encrypt } from '../age/stream.ts'
import { initRepository, type Repository } from '../repository/repository.ts'
import { beginBackup } from '../repository/write-backup.ts'
import { openTarget } from '../targets/open-target.ts'
import { compress } from '../zstd.ts'
import { contentFile, listingFile } from './back-up.ts'
import type { Entry } from './entry.ts'
import { toLines } from './listing.ts'
import { restoreFolder } from './restore.ts'

/*
 * Whoever can write in a target, and knows a recipient, can make a backup. Restoring it must not write outside its place, nor
 * take for right what is not.
 */

let base: string
let repository: Repository
let key: KeyPair
let clock = 0
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'hevd-made-'))
  repository = await initRepository(await openTarget({ kind: 'folder', path: base }), 'P0D')
  key = await generateKey()
})
afterAll(() => rmSync(base, { recursive: true }))

type Made = {
  readonly name: string
  readonly type: 'file' | 'symlink'
  readonly text?: string
  readonly linkname?: string
}

/** Makes a backup of these lines and this tar, and restores it. */
async function restoreMade(
  entries: readonly Entry[],
  tar: readonly Made[],
  count = entries.length,
): Promise<void> {
  clock += 60_000
  const source = 'made'
  const begun = { source, of: 'folder', kind: 'full', parent: null, host: 'h', startedAt: clock } as const
  const writer = await beginBackup(repository, begun)
  const seal = (content: AsyncIterable<Uint8Array>) => encrypt([key.recipient], compress(content))
  const lines = [
    { kind: 'listing', format: 1, source, id: writer.id, folder: '/' } as const,
    ...entries.map((entry) => ({ ...entry, from: entry.from || writer.id })),
    { kind: 'end', entries: count } as const,
  ]
  await writer.put(listingFile, seal(toLines(lines)))
  const content = pack()
  for (const { text = '', ...header } of tar) content.entry({ ...header, size: text.length }, text)
  content.finalize()
  await writer.put(contentFile, seal(content))
  await writer.commit({ contentBytes: 0, recipients: [key.recipient], postgresql: null, endedAt: clock })
  await restoreFolder({ repository, source, identities: [key.identity], into: join(base, `into-${clock}`) })
}

const common = {
  kind: 'entry',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: '0.000000000',
  ctime: '0.000000000',
  inode: '1',
  from: '',
} as const
const root: Entry = { ...common, path: '.', type: 'directory', mode: 0o755 }
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const file = (path: string): Entry => ({
  ...common,
  path,
  type: 'file',
  size: 0,
  sha256: empty,
  sparse: false,
  torn: false,
})

test.each<[string, readonly Entry[], string]>([
  ['a path that climbs out', [root, file('../escaped')], 'leads out of the folder'],
  ['an absolute path', [root, file('/etc/cron.d/x')], 'leads out of the folder'],
  [
    'a file within a symbolic link',
    [root, { ...common, path: 'l', type: 'symlink', target: '/tmp' }, file('l/x')],
    'does not lie in a folder',
  ],
  ['a file without its folder', [root, file('a/b')], 'does not lie in a folder'],
  [
    'one path twice',
    [root, file('a'), { ...common, path: 'a', type: 'symlink', target: '/tmp' }],
    'is there twice',
  ],
  [
    'a hard link to what lies outside',
    [root, { ...common, path: 'h', type: 'link', target: '../../etc/shadow' }],
    'leads out of the folder',
  ],
  [
    'a hard link to a symbolic one',
    [
      root,
      { ...common, path: 'l', type: 'symlink', target: '/etc/shadow' },
      { ...common, path: 'm', type: 'link', target: 'l' },
    ],
    'is another name of no file',
  ],
])('a listing with %s is refused', async (_, entries, reason) => {
  await expect(restoreMade(entries, [])).rejects.toMatchObject({ code: 'entry-unsafe', params: { reason } })
})

test('content that climbs out is refused, though it is not listed', async () => {
  const escaping: Made = { name: '../escaped', type: 'file', text: 'x' }
  await expect(restoreMade([root, file('a')], [{ name: 'a', type: 'file' }, escaping])).rejects.toMatchObject(
    { code: 'entry-unsafe' },
  )
})

test('what is in the content alone is not restored, and a link in it is not followed', async () => {
  const link: Made = { name: 'a', type: 'symlink', linkname: '/tmp' }
  await restoreMade(
    [root, file('a')],
    [link, { name: 'b', type: 'file', text: 'unlisted' }, { name: 'a', type: 'file' }],
  )
  expect(readdirSync(join(base, `into-${clock}`))).toEqual(['a'])
})

test.each<[string, readonly Entry[], readonly Made[], string]>([
  [
    'a file with other content',
    [root, file('a')],
    [{ name: 'a', type: 'file', text: 'x' }],
    'has another SHA-256',
  ],
  ['a file that is missing', [root, file('a')], [], 'is missing'],
  [
    'a file of a backup that it does not need',
    [root, { ...file('a'), from: 'elsewhere' }],
    [],
    'lies in elsewhere, which is not among its backups',
  ],
])('%s is refused', async (_, entries, tar, reason) => {
  await expect(restoreMade(entries, tar)).rejects.toMatchObject({
    code: 'content-differs',
    params: { name: 'a', reason },
  })
})

test('a listing that lacks some of its lines is refused', async () => {
  await expect(restoreMade([root], [], 2)).rejects.toMatchObject({
    code: 'content-differs',
    params: { reason: 'ends early' },
  })
})
