import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, type Principal } from '@hevd/http'
import { schemaFaults } from '@hevd/postgres'
import {
  addOrganisation,
  type TestClock,
  type ThrowawayDatabase,
  testClock,
  throwawayDatabase,
} from '@hevd/testing'
import {
  decodeEntryBundle,
  entryBundlePath,
  fromBase64,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  tilePath,
  verifyInclusion,
} from '@hevd/tlog'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InclusionProof } from './contract.ts'
import {
  createLedger,
  type Ledger,
  LedgerError,
  ledgerErrors,
  ledgerMigrations,
  verifyLedger,
} from './index.ts'
import { ledgerFaults } from './verify/faults.ts'

let target: ThrowawayDatabase
let organisation: string
let clock: TestClock
let home: string
let ledger: Ledger
const logger = pino({ level: 'silent' })

beforeAll(async () => {
  target = await throwawayDatabase([{ name: 'ledger', directory: ledgerMigrations }])
  home = mkdtempSync(join(tmpdir(), 'hevd-ledger-'))
})
afterAll(async () => {
  await target.drop()
  rmSync(home, { recursive: true })
})
beforeEach(async () => {
  organisation = await addOrganisation(target.db)
  clock = testClock('2026-06-01T12:00:00Z')
  ledger = createLedger({ db: target.db, clock, home, logger })
  await ledger.open(organisation)
})

const append = (
  log: 'internal' | 'public',
  bodies: readonly { readonly [name: string]: number | string }[],
) =>
  target.db.transaction(organisation, (tx) =>
    ledger.append(
      tx,
      organisation,
      log,
      bodies.map((body) => ({ kind: 'noted', body })),
    ),
  )
const numbered = (count: number) => Array.from({ length: count }, (_, n) => ({ n }))
const folder = (log: string) => join(home, 'ledger', organisation, log)

async function checked(proof: InclusionProof | null, log: 'internal' | 'public') {
  const { verifierKey, origin } = await ledger.state(organisation, log)
  if (proof === null) throw new Error('no proof')
  const { checkpoint } = await openCheckpoint(proof.checkpoint, {
    origin,
    keys: [await parseVerifierKey(verifierKey)],
  })
  const leaf = fromBase64(proof.leaf)
  const { index, size } = proof
  expect(checkpoint.size).toBe(size)
  await verifyInclusion({
    index,
    size,
    leafHash: leafHash(leaf),
    path: proof.path.map(fromBase64),
    root: checkpoint.root,
  })
  return JSON.parse(new TextDecoder().decode(leaf))
}

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(target.ownerUrl)).toEqual([])
})

test('the table in README.md lists every code', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1])
  expect(listed).toEqual([...Object.keys(ledgerErrors), ...Object.keys(ledgerFaults)])
})

describe('an entry', () => {
  test('is acknowledged by the commit, and proved once a checkpoint covers it', async () => {
    const [id = ''] = await append('internal', [{ host: 'h1' }])
    expect(await ledger.proofOf(organisation, 'internal', id)).toBeNull()
    expect(await ledger.state(organisation, 'internal')).toMatchObject({
      size: 0,
      waiting: 1,
      checkpoint: null,
    })
    await ledger.settle(organisation)
    const leaf = await checked(await ledger.proofOf(organisation, 'internal', id), 'internal')
    expect(leaf).toEqual({ kind: 'noted', host: 'h1', at: clock.now() })
    expect(await ledger.state(organisation, 'internal')).toMatchObject({
      size: 1,
      waiting: 0,
      signedAt: clock.now(),
    })
    expect(await ledger.state(organisation, 'public')).toMatchObject({ size: 0 })
  })

  test('of a transaction that was rolled back is nowhere', async () => {
    const failing = target.db.transaction(organisation, async (tx) => {
      await ledger.record(tx, organisation, 'noted', {})
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    await ledger.settle(organisation)
    expect(await ledger.state(organisation, 'internal')).toMatchObject({ size: 0, waiting: 0 })
  })

  test('stands in the order in which it was said, across batches, also when the clock goes back', async () => {
    await append('public', numbered(600))
    clock.advance(-60_000)
    await append('public', [{ n: 600 }])
    await ledger.settle(organisation)
    clock.advance(1)
    const ids = await append('public', [{ n: 601 }, { n: 602 }])
    await ledger.settle(organisation)
    const proofs = await ledger.proofsOf(organisation, 'public', ids)
    expect(
      await Promise.all(ids.map(async (id) => (await checked(proofs.get(id) ?? null, 'public')).n)),
    ).toEqual([601, 602])
    expect(new Set([...proofs.values()].map(({ checkpoint }) => checkpoint)).size).toBe(1)
    expect(await verifyLedger({ db: target.db, home }, organisation)).toMatchObject({
      kind: 'sound',
      logs: [{ size: 0 }, { size: 603, checkpoints: 2 }],
    })
  })

  test.each([1, 255, 256, 257, 1000])('batches of %i make a tree that verifies', async (size) => {
    const ids = await append('internal', numbered(size))
    await append('internal', numbered(3))
    await ledger.settle(organisation)
    await append('internal', numbered(size))
    await ledger.settle(organisation)
    for (const at of [0, size >> 1, size - 1])
      expect(
        (await checked(await ledger.proofOf(organisation, 'internal', ids[at] ?? ''), 'internal')).n,
      ).toBe(at)
    expect(await verifyLedger({ db: target.db, home }, organisation)).toMatchObject({ kind: 'sound' })
  })

  test('that no bundle can carry is refused, and nothing is written', async () => {
    await expect(append('internal', [{ text: 'x'.repeat(70_000) }])).rejects.toMatchObject({
      code: 'entry-too-large',
    })
  })

  test('of a body with members of the leaf itself is a mistake', async () => {
    await expect(append('internal', [{ kind: 'x' }])).rejects.toThrow(TypeError)
  })
})

describe('the role of the server', () => {
  test.each([
    ['entry', "update ledger.entry set kind = 'x'"],
    ['entry', 'delete from ledger.entry'],
    ['tile', "update ledger.tile set root = ''"],
    ['tile', 'delete from ledger.tile'],
    ['checkpoint', "update ledger.checkpoint set note = ''"],
    ['checkpoint', 'delete from ledger.checkpoint'],
    ['cosignature', 'delete from ledger.cosignature'],
    ['sealed', 'delete from ledger.sealed'],
    ['entry', 'truncate ledger.entry'],
    ['head', "update ledger.head set verifier_key = ''"],
    ['head', 'delete from ledger.head'],
  ])('may not change %s: %s', async (table, statement) => {
    const { CompiledQuery } = await import('kysely')
    const attempt = target.db.transaction(organisation, (tx) => tx.executeQuery(CompiledQuery.raw(statement)))
    await expect(attempt).rejects.toThrow(`permission denied for table ${table}`)
  })
})

describe('the signing key', () => {
  test('is readable by its owner alone', () => {
    expect(statSync(join(folder('internal'), 'key.pem')).mode & 0o777).toBe(0o600)
  })

  test.each(['missing', 'another', 'open to others'])('%s: the log is refused', async (what) => {
    await append('internal', [{ n: 1 }])
    await ledger.settle(organisation)
    const path = join(folder('internal'), 'key.pem')
    if (what === 'open to others') chmodSync(path, 0o644)
    else if (what === 'missing') renameSync(path, `${path}.away`)
    else {
      const other = await addOrganisation(target.db)
      await ledger.open(other)
      writeFileSync(path, readFileSync(join(home, 'ledger', other, 'internal', 'key.pem')))
      rmSync(join(folder('internal'), 'checkpoint'))
    }
    const again = createLedger({ db: target.db, clock, home, logger })
    const code = { missing: 'key-missing', another: 'key-differs', 'open to others': 'key-open-to-others' }[
      what
    ]
    await expect(again.open(organisation)).rejects.toMatchObject({ code })
    const append_ = target.db.transaction(organisation, (tx) => again.record(tx, organisation, 'noted', {}))
    await expect(append_).rejects.toMatchObject({ code })
  })

  test('a log that was not opened takes nothing', async () => {
    const closed = createLedger({ db: target.db, clock, home, logger })
    const attempt = target.db.transaction(organisation, (tx) => closed.record(tx, organisation, 'noted', {}))
    await expect(attempt).rejects.toBeInstanceOf(LedgerError)
    await expect(attempt).rejects.toMatchObject({ code: 'log-not-open' })
  })
})

describe('over HTTP', () => {
  let app: App
  const principals: Readonly<Record<string, Principal>> = {
    reader: { kind: 'account', id: 'r', role: 'reader' },
    administrator: { kind: 'account', id: 'a', role: 'administrator' },
  }
  beforeEach(async () => {
    app = await createApp({
      logger,
      tls: null,
      bodyLimit: 10_000,
      callsPerMinute: 10_000,
      fallbackLocale: 'nb',
      version: '0.0.0',
      authenticate: async (request) => principals[request.headers.authorization ?? ''] ?? null,
      organisationOf: async () => organisation,
    })
    ledger.register(app)
  })
  const get = (url: string, authorization = '') => app.inject({ url, headers: { authorization } })

  test('the public log is read as C2SP tlog-tiles has it', async () => {
    expect((await get('/log/checkpoint')).json().code).toBe('no-checkpoint')
    await append('public', numbered(520))
    await ledger.settle(organisation)
    const note = await get('/log/checkpoint')
    const { verifierKey, origin } = await ledger.state(organisation, 'public')
    expect(note.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(note.headers['cache-control']).toBe('no-cache')
    const { checkpoint } = await openCheckpoint(note.body, {
      origin,
      keys: [await parseVerifierKey(verifierKey)],
    })
    expect(checkpoint.size).toBe(520)
    const hashes: Buffer[] = []
    for (const [index, width] of [256, 256, 8].entries()) {
      const bundle = await get(`/log/${entryBundlePath(index, width)}`)
      const tile = await get(`/log/${tilePath(0, index, width)}`)
      expect(tile.headers['content-type']).toBe('application/octet-stream')
      expect(tile.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      const entries = decodeEntryBundle(bundle.rawPayload)
      expect(entries).toHaveLength(width)
      expect(Buffer.concat(entries.map(leafHash))).toEqual(tile.rawPayload)
      hashes.push(tile.rawPayload)
    }
    expect((await get(`/log/${tilePath(1, 0, 2)}`)).rawPayload).toHaveLength(64)
  })

  test.each([
    '/log/tile/0/002.p/9',
    '/log/tile/0/003',
    '/log/tile/1/000',
    '/log/tile/0/x001/000',
    '/log/tile/entries/002',
  ])('a tile that is not there: %s', async (url) => {
    await append('public', numbered(520))
    await ledger.settle(organisation)
    expect((await get(url)).statusCode).toBe(404)
  })

  test.each(['/log/tile/0/1', '/log/tile/x', '/log/tile/00/000', '/log/tile/0/000.p/256'])(
    'a path that is not the standard’s: %s',
    async (url) => {
      await append('public', numbered(300))
      await ledger.settle(organisation)
      expect((await get(url)).statusCode).toBe(404)
    },
  )

  test('the internal log is for readers, and cached by nobody between', async () => {
    await append('internal', numbered(2))
    await ledger.settle(organisation)
    expect((await get('/api/log/checkpoint')).statusCode).toBe(401)
    expect((await get('/api/log/checkpoint', 'reader')).statusCode).toBe(200)
    const tile = await get('/api/log/tile/0/000.p/2', 'reader')
    expect(tile.headers['cache-control']).toContain('private')
    expect(tile.rawPayload).toHaveLength(64)
  })

  test('entries are paged newest first, by kind if wanted', async () => {
    await append('internal', numbered(120))
    await target.db.transaction(organisation, (tx) => ledger.record(tx, organisation, 'rare', { n: 120 }))
    await append('internal', [{ n: 121 }])
    await ledger.settle(organisation)
    const seen: number[] = []
    for (let before: number | null = 1000; before !== null; ) {
      const page: { items: { index: number; body: { n: number } }[]; next: number | null; size: number } = (
        await get(`/api/logs/internal/entries?before=${before}&limit=50`, 'reader')
      ).json()
      expect(page.size).toBe(122)
      seen.push(...page.items.map(({ body }) => body.n))
      before = page.next
    }
    expect(seen).toEqual(Array.from({ length: 122 }, (_, n) => 121 - n))
    const rare = (await get('/api/logs/internal/entries?kind=rare', 'reader')).json()
    expect(rare.items).toMatchObject([{ index: 120, kind: 'rare', at: clock.now() }])
    expect(rare.next).toBeNull()
  })

  test('a proof by index', async () => {
    await append('internal', numbered(5))
    await ledger.settle(organisation)
    const proof = (await get('/api/logs/internal/entries/3/proof', 'reader')).json()
    expect((await checked(proof, 'internal')).n).toBe(3)
    expect((await get('/api/logs/internal/entries/5/proof', 'reader')).json().code).toBe('no-such-entry')
    expect((await get('/api/logs/other', 'reader')).json().code).toBe('no-such-log')
    expect((await get('/api/logs/internal', 'reader')).json()).toMatchObject({ log: 'internal', size: 5 })
  })
})
