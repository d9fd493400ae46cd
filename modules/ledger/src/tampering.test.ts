import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ledger, verifyLedger } from './index.ts'
import { backup, type Ground, ground, upTo } from './testdata/log-in-database.ts'

let on: Ground
let organisation: string
let ledger: Ledger
let alice: string

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())

/** A full tile and 44 more under one checkpoint, two single ones, then five under one: 307 entries, of which the edge has 51. */
beforeEach(async () => {
  organisation = await on.organisation()
  alice = await on.organisation()
  ledger = on.ledger()
  await ledger.open(organisation)
  for (const numbers of [upTo(300), [300], [301], upTo(4, 302)]) {
    await on.append(ledger, organisation, 'internal', numbers)
    if (numbers.length === 4)
      await on.target.db.transaction(organisation, (tx) =>
        ledger.append(tx, organisation, 'internal', [
          { kind: 'person-added', body: {}, personal: [{ field: 'name', person: alice, payload: 'Alice' }] },
        ]),
      )
    await ledger.settle(organisation)
  }
})

const verify = (home = on.home) => verifyLedger({ db: on.target.db, home }, organisation)
async function fault(home?: string) {
  const found = await verify(home)
  if (found.kind === 'sound') return found
  expect(found.fault.words.nb).not.toBe(found.fault.words.en)
  const { code, index, through, log } = found.fault
  return { code, index, through, log }
}
const sql = (text: string) =>
  on.admin.query(
    text
      .replaceAll('$o', `organisation = '${organisation}' and log = 'internal'`)
      .replaceAll('$id', organisation),
  )
const leaf = (n: number) => `convert_to('{"at":1,"kind":"noted","n":${n}}', 'UTF8')`
/** What stands at entry `index` in the hashes stored with the checkpoint over `size`, replaced by the hash of the entry there now. */
const hashStored = (index: number, size: number, first: number) => `
  update ledger.checkpoint set hashes = overlay(hashes placing
    (select sha256('\\x00'::bytea || data) from ledger.entry where $o and index = ${index}) from ${(index - first) * 32 + 1} for 32)
  where $o and size = ${size}`
const swapRows = (a: number, b: number) => `
  update ledger.entry set index = -1 where $o and index = ${a};
  update ledger.entry set index = ${a} where $o and index = ${b};
  update ledger.entry set index = ${b} where $o and index = -1`
const drop = (index: number) => `delete from ledger.entry where $o and index = ${index}`
const closeGap = (index: number) => `
  update ledger.entry set index = -index where $o and index > ${index};
  update ledger.entry set index = -index - 1 where $o and index < 0`

test('an untouched log is sound', async () => {
  const seen: number[][] = []
  const found = await verifyLedger({ db: on.target.db, home: on.home }, organisation, (...at) =>
    seen.push(at),
  )
  expect(found).toMatchObject({
    kind: 'sound',
    logs: [
      { log: 'internal', size: 307, checkpoints: 4, payloads: { opened: 1, closed: 0 } },
      { log: 'public', size: 0 },
    ],
  })
  expect(seen.at(-1)).toEqual([307, 307])
})

describe('the first wrong entry is named', () => {
  const one = (code: string, index: number) => ({ log: 'internal', code, index, through: index })
  test.each<[string, string, object]>([
    [
      'altered in a full tile',
      `update ledger.entry set data = ${leaf(9)} where $o and index = 7`,
      one('entry-altered', 7),
    ],
    [
      'altered at the edge',
      `update ledger.entry set data = ${leaf(9)} where $o and index = 303`,
      one('entry-altered', 303),
    ],
    [
      'altered together with its stored hash, in a full tile',
      `update ledger.entry set data = ${leaf(9)} where $o and index = 7; ${hashStored(7, 300, 0)}`,
      one('entry-altered', 7),
    ],
    [
      'altered together with its stored hash, alone under its checkpoint',
      `update ledger.entry set data = ${leaf(9)} where $o and index = 301; ${hashStored(301, 302, 301)}`,
      one('entry-altered', 301),
    ],
    [
      'altered together with its stored hash, at the edge',
      `update ledger.entry set data = ${leaf(9)} where $o and index = 304; ${hashStored(304, 307, 302)}`,
      { log: 'internal', code: 'entries-altered', index: 302, through: 306 },
    ],
    ['dropped', drop(41), one('entry-missing', 41)],
    ['dropped, the gap closed', `${drop(41)}; ${closeGap(41)}`, one('entry-moved', 41)],
    ['dropped at the edge, the gap closed', `${drop(303)}; ${closeGap(303)}`, one('entry-moved', 303)],
    ['two swapped', swapRows(20, 260), one('entry-moved', 20)],
    ['two neighbours swapped', swapRows(305, 304), one('entry-moved', 304)],
    ['two swapped across checkpoints', swapRows(12, 303), one('entry-moved', 12)],
    ['the tail cut off', 'delete from ledger.entry where $o and index > 303', one('entry-missing', 304)],
    [
      'the tail cut off, and its checkpoint',
      'delete from ledger.entry where $o and index > 301; delete from ledger.checkpoint where $o and size > 302',
      { log: 'internal', code: 'database-older', index: 302, through: 306 },
    ],
    [
      'one that was never signed',
      `insert into ledger.entry select organisation, log, 307, gen_random_uuid(), kind, data from ledger.entry where $o and index = 1`,
      one('entry-not-signed', 307),
    ],
    [
      'labelled otherwise',
      `update ledger.entry set kind = 'x' where $o and index = 5`,
      one('entry-mislabelled', 5),
    ],
    [
      'two altered: the first',
      `update ledger.entry set data = ${leaf(1)} where $o and index in (290, 303)`,
      one('entry-altered', 290),
    ],
    [
      'altered before one that was dropped',
      `update ledger.entry set data = ${leaf(9)} where $o and index = 5; ${drop(8)}`,
      one('entry-altered', 5),
    ],
    [
      'the payload of another',
      `update ledger.sealed set ciphertext = overlay(ciphertext placing '\\x00000000' from 20) where $o`,
      one('payload-wrong', 306),
    ],
    ['the payload gone', 'delete from ledger.sealed where $o', one('payload-wrong', 306)],
  ])('%s', async (_, tampering, expected) => {
    for (const statement of tampering.split(';')) await sql(statement)
    expect(await fault()).toEqual(expected)
  })
})

describe('what is not an entry is told apart', () => {
  test.each<[string, string, object]>([
    [
      'a tile',
      "update ledger.tile set root = sha256('x') where $o",
      { code: 'tile-wrong', index: 0, through: 255 },
    ],
    ['a tile gone', 'delete from ledger.tile where $o', { code: 'tile-wrong', index: 0, through: 255 }],
    [
      'a tile too many',
      'insert into ledger.tile select organisation, log, level, 1, hashes, root from ledger.tile where $o',
      { code: 'tile-wrong', index: null },
    ],
    ['a stored hash', hashStored(5, 300, 1), { code: 'hashes-altered', index: 4 }],
    [
      'a signature',
      `update ledger.checkpoint set note = split_part(note, E'\\n\\n', 1) || E'\\n\\n' || (
        select split_part(other.note, E'\\n\\n', 2) from ledger.checkpoint as other
        where other.organisation = '$id' and other.log = 'internal' and other.size = 302) where $o and size = 301`,
      { code: 'checkpoint-wrong', index: 300, through: 300 },
    ],
    [
      'a checkpoint of other words',
      "update ledger.checkpoint set note = replace(note, E'\\n301\\n', E'\\n302\\n') where $o and size = 301",
      { code: 'checkpoint-wrong', index: 300, through: 300 },
    ],
    ['the head', 'update ledger.head set size = 306 where $o', { code: 'head-wrong', index: null }],
    [
      'the head’s root',
      "update ledger.head set root = sha256('x') where $o",
      { code: 'head-wrong', index: null },
    ],
    [
      'a cosignature of nothing',
      "insert into ledger.cosignature select organisation, log, 5, 'w', 'x', now() from ledger.head where $o",
      { code: 'cosignature-wrong' },
    ],
    [
      'an entry that waits and stands in the log',
      'insert into ledger.outbox select organisation, log, id, kind, data from ledger.entry where $o and index = 3',
      { code: 'outbox-wrong' },
    ],
    [
      'an entry that waits and is damaged',
      "insert into ledger.outbox select organisation, log, gen_random_uuid(), kind, 'x' from ledger.head, (select 'y' as kind) y where $o",
      { code: 'outbox-wrong' },
    ],
    ['the whole log', 'delete from ledger.head where $o', { code: 'database-older', index: 0, through: 306 }],
  ])('%s', async (_, tampering, expected) => {
    await sql(tampering)
    expect(await fault()).toMatchObject(expected)
  })

  test('the checkpoint kept outside', async () => {
    const path = join(on.home, 'ledger', organisation, 'internal', 'checkpoint')
    writeFileSync(path, readFileSync(path, 'utf8').replace('\n307\n', '\n308\n'))
    expect(await fault()).toMatchObject({ code: 'kept-checkpoint-wrong', index: null })
    await expect(on.ledger().open(organisation)).rejects.toMatchObject({ code: 'kept-checkpoint-wrong' })
  })

  test('without the key nothing is called sound; a pinned one will do', async () => {
    const { verifierKey: internal } = await ledger.state(organisation, 'internal')
    const { verifierKey: open } = await ledger.state(organisation, 'public')
    const elsewhere = mkdtempSync(join(tmpdir(), 'hevd-elsewhere-'))
    expect(await fault(elsewhere)).toMatchObject({ code: 'key-missing' })
    const pinned = { db: on.target.db, home: elsewhere, verifierKeys: { internal, public: open } }
    expect(await verifyLedger(pinned, organisation)).toMatchObject({ kind: 'sound' })
    const wrong = { ...pinned, verifierKeys: { internal: open, public: open } }
    expect(await verifyLedger(wrong, organisation)).toMatchObject({
      kind: 'wrong',
      fault: { code: 'checkpoint-wrong' },
    })
    rmSync(elsewhere, { recursive: true })
  })
})

const counts = async () =>
  (
    await on.admin.query(
      'select (select count(*) from ledger.entry where organisation = $1) as entries, (select count(*) from ledger.outbox where organisation = $1) as waiting',
      [organisation],
    )
  ).rows[0]

describe('an older database', () => {
  test('is refused by a running server, by a starting one and by verifying, until the newer one is back', async () => {
    const restoreOlder = await backup(on, organisation)
    await on.append(ledger, organisation, 'internal', upTo(3, 400))
    await ledger.settle(organisation)
    const restoreNewer = await backup(on, organisation)
    await restoreOlder()

    expect(await fault()).toEqual({ log: 'internal', code: 'database-older', index: 307, through: 309 })
    await expect(ledger.settle(organisation)).rejects.toMatchObject({ code: 'database-older' })
    const before = await counts()
    await expect(on.append(ledger, organisation, 'internal', [1])).rejects.toMatchObject({
      code: 'database-older',
    })
    const starting = on.ledger()
    await expect(starting.open(organisation)).rejects.toMatchObject({ code: 'database-older' })
    await expect(on.append(starting, organisation, 'internal', [1])).rejects.toMatchObject({
      code: 'database-older',
    })
    expect(await counts()).toEqual(before)

    await restoreNewer()
    await starting.open(organisation)
    await on.append(starting, organisation, 'internal', [1])
    await starting.settle(organisation)
    await ledger.settle(organisation)
    expect(await verify()).toMatchObject({ kind: 'sound', logs: [{ size: 311 }, {}] })
  })

  test('that was carried on elsewhere with the same key is a fork', async () => {
    const restoreOlder = await backup(on, organisation)
    await on.append(ledger, organisation, 'internal', upTo(3, 400))
    await ledger.settle(organisation)
    await restoreOlder()
    const elsewhere = mkdtempSync(join(tmpdir(), 'hevd-elsewhere-'))
    cpSync(on.home, elsewhere, { recursive: true })
    rmSync(join(elsewhere, 'ledger', organisation, 'internal', 'checkpoint'))
    const other = on.ledger({ home: elsewhere })
    await other.open(organisation)
    await on.append(other, organisation, 'internal', upTo(3, 500))
    await other.settle(organisation)

    expect(await fault(elsewhere)).toMatchObject({ kind: 'sound' })
    expect(await fault()).toEqual({ log: 'internal', code: 'history-forked', index: 0, through: 309 })
    await expect(ledger.settle(organisation)).rejects.toMatchObject({ code: 'history-rewritten' })
    await on.append(other, organisation, 'internal', [600])
    await other.settle(organisation)
    expect(await fault()).toMatchObject({ code: 'history-forked' })
    await expect(on.ledger().open(organisation)).rejects.toMatchObject({ code: 'history-rewritten' })
    await expect(on.append(ledger, organisation, 'internal', [1])).rejects.toMatchObject({
      code: 'history-rewritten',
    })
    rmSync(elsewhere, { recursive: true })
  })

  test('with an altered entry at the edge is not carried on from', async () => {
    await sql(`update ledger.entry set data = ${leaf(9)} where $o and index = 303`)
    await expect(on.ledger().open(organisation)).rejects.toMatchObject({ code: 'history-rewritten' })
  })
})
