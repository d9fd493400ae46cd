import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Columns, openColumns } from '../columns.ts'
import { guardStatements } from '../guards.ts'
import { rotateKey } from '../keys/rotate.ts'
import { openShop, type Shop } from '../testdata/shop.ts'
import { drizzleAdapter } from './drizzle.fixture.ts'
import { kyselyAdapter } from './kysely.fixture.ts'
import { type People, type PeopleTables, type Person, peopleSchema, tables } from './people.fixture.ts'
import { pgAdapter } from './pg.fixture.ts'
import { prismaAdapter } from './prisma.fixture.ts'

/** What every adapter does alike, against a real PostgreSQL. */
const adapters = [pgAdapter, kyselyAdapter, drizzleAdapter, prismaAdapter]
let shop: Shop
let columns: Columns<PeopleTables>
let strict: Columns<PeopleTables>
let migrating: Columns<PeopleTables>
let stranger: Columns<PeopleTables>
beforeAll(async () => {
  shop = await openShop(peopleSchema)
  columns = await shop.open(tables)
  strict = await shop.open(tables)
  migrating = await shop.open(tables, { migrating: ['person.email', 'person.salary', 'person.photo'] })
  stranger = await strangersColumns()
})
afterAll(() => shop.close())
beforeEach(() => shop.pool.query('delete from person'))

/** The same declaration under keys of another keyring. */
async function strangersColumns(): Promise<Columns<PeopleTables>> {
  const other = await openShop('select 1')
  const opened = await other.open(tables)
  afterAll(() => other.close())
  return opened
}

const someone = (changes: Partial<Person> = {}): Person => ({
  id: randomUUID(),
  name: 'Kari Nordmann',
  email: 'Kari@Example.no',
  salary: 512_300.5,
  active: true,
  serial: 2n ** 80n,
  born: new Date('1984-02-29T12:34:56.789Z'),
  notes: { likes: ['ski', 'ø'], n: 1 },
  photo: Buffer.from([0, 255, 104, 118]),
  ...changes,
})
const nothing = {
  email: null,
  salary: null,
  active: null,
  serial: null,
  born: null,
  notes: null,
  photo: null,
}
const code = (expected: string) => expect.objectContaining({ name: 'ColumnsError', code: expected })
const raw = async (id: string) => (await shop.pool.query('select * from person where id = $1', [id])).rows[0]

describe.each(adapters)('$name', (adapter) => {
  let people: People
  const others: People[] = []
  const opened = async (own: Columns<PeopleTables>) => {
    const other = await adapter.open(shop.url, own)
    others.push(other)
    return other
  }
  beforeAll(async () => {
    people = await adapter.open(shop.url, columns)
  })
  afterAll(async () => {
    await Promise.all([people, ...others].map((each) => each.close()))
  })

  test('values of every type come back, and none of them is in the database', async () => {
    const person = someone()
    await people.insert(person)
    expect(await people.byId(person.id)).toEqual(person)
    const { id, name, email_index, photo, ...stored } = await raw(person.id)
    expect({ id, name }).toEqual({ id: person.id, name: person.name })
    expect(email_index).toMatch(/^i1:[\w-]{22}$/)
    expect(photo.subarray(0, 4).toString('latin1')).toBe('hvc\x01')
    for (const [column, value] of Object.entries(stored))
      expect(value, column).toMatch(/^hevd:c1:1:[\w-]{96,}$/)
  })

  test('null stays null, in the column and in its index', async () => {
    const person = someone(nothing)
    await people.insert(person)
    expect(await people.byId(person.id)).toEqual(person)
    expect(await raw(person.id)).toEqual({ ...person, email_index: null })
    await people.update(person.id, { email: 'ola@example.no' })
    await people.update(person.id, { email: null })
    expect(await raw(person.id)).toEqual({ ...person, email_index: null })
  })

  test('a value is found by what it equals, however it is written, and nothing else is', async () => {
    const [kari, ola] = [someone(), someone({ email: 'ola@example.no', name: 'Ola' })]
    await people.insert(kari)
    await people.insert(ola)
    expect(await people.byEmail(' KARI@example.NO ')).toEqual([kari])
    expect(await people.byEmail('kari')).toEqual([])
  })

  test('an update is sealed for its row, and found by the new value alone', async () => {
    const person = someone()
    await people.insert(person)
    await people.update(person.id, { email: 'kari@new.example', salary: -1, name: 'Kari Ny' })
    const changed = { ...person, email: 'kari@new.example', salary: -1, name: 'Kari Ny' }
    expect(await people.byId(person.id)).toEqual(changed)
    expect(await people.byEmail('kari@new.example')).toEqual([changed])
    expect(await people.byEmail('kari@example.no')).toEqual([])
  })

  test('a unique index holds over the normalised value', async () => {
    await people.insert(someone())
    const second = await people.insert(someone({ email: 'kari@EXAMPLE.no' })).catch((error: unknown) => error)
    const { code: own, cause } = Object(second)
    expect(['23505', 'P2002']).toContain(own ?? Object(cause).code)
  })

  test.each(['email', 'salary', 'photo'])('a value moved from another row is refused: %s', async (column) => {
    const [one, two] = [someone(), someone({ email: 'ola@example.no' })]
    await people.insert(one)
    await people.insert(two)
    await shop.pool.query(
      `update person set ${column} = (select ${column} from person where id = $1) where id = $2`,
      [one.id, two.id],
    )
    expect(await people.byId(one.id)).toEqual(one)
    await expect(people.byId(two.id)).rejects.toThrow(code('not-authentic'))
  })

  test('a value moved from another column is refused', async () => {
    const person = someone()
    await people.insert(person)
    await shop.pool.query('update person set notes = email')
    await expect(people.byId(person.id)).rejects.toThrow(code('not-authentic'))
  })

  test('an id that only the database knows is not enough, neither to write nor to read', async () => {
    await expect(people.insertWithoutId('Kari', 'kari@example.no')).rejects.toThrow(code('row-id-needed'))
    await people.insert(someone())
    await expect(people.emails()).rejects.toThrow(code('row-id-needed'))
  })

  test('a value of another type is refused before anything is sent', async () => {
    await expect(people.insert(someone({ salary: '1' as never }))).rejects.toThrow(code('value-unfit'))
  })

  test('plain text is refused, but in a migrating column, where it is found too and written encrypted', async () => {
    const person = someone({
      ...nothing,
      email: 'kari@example.no',
      salary: 12.5,
      photo: Buffer.from('plain'),
    })
    await shop.pool.query('insert into person (id, name, email, salary, photo) values ($1, $2, $3, $4, $5)', [
      person.id,
      person.name,
      person.email,
      '12.5',
      person.photo,
    ])
    await expect((await opened(strict)).byId(person.id)).rejects.toThrow(code('not-encrypted'))
    const open = await opened(migrating)
    expect(await open.byId(person.id)).toEqual(person)
    expect(await open.byEmail('kari@example.no')).toEqual([person])
    await open.update(person.id, { email: 'kari@example.no' })
    expect((await raw(person.id)).email).toMatch(/^hevd:c1:/)
    expect(await open.byEmail('KARI@example.no')).toEqual([person])
  })

  test('text that looks like an envelope is no plain text, in a migrating column either', async () => {
    const person = someone({ ...nothing })
    await people.insert(person)
    await shop.pool.query(`update person set email = 'hevd:c1:1:AAAA'`)
    await expect((await opened(migrating)).byId(person.id)).rejects.toThrow(code('envelope-malformed'))
    await shop.pool.query(`update person set email = 'hevd:c9:1:AAAA'`)
    await expect((await opened(migrating)).byId(person.id)).rejects.toThrow(code('envelope-malformed'))
  })

  test('keys of another keyring open nothing and find nothing', async () => {
    const person = someone()
    await people.insert(person)
    const other = await opened(stranger)
    await expect(other.byId(person.id)).rejects.toThrow(code('not-authentic'))
    expect(await other.byEmail('kari@example.no')).toEqual([])
  })
})

test('each adapter opens what another has sealed', async () => {
  const opened = await Promise.all(adapters.map((each) => each.open(shop.url, columns)))
  for (const [at, writer] of opened.entries()) {
    const person = someone({ email: `kari${at}@example.no` })
    await writer.insert(person)
    for (const reader of opened) expect(await reader.byEmail(`kari${at}@example.no`)).toEqual([person])
  }
  await Promise.all(opened.map((each) => each.close()))
})

test('the guards have the database itself refuse plain text', async () => {
  await shop.pool.query('create table guarded (like person including all)')
  const guarded = { guarded: tables.person }
  for (const statement of guardStatements(guarded)) await shop.pool.query(statement)
  const own = await shop.open(guarded)
  const sealed = own.tables.guarded.seal({ ...someone() })
  const names = Object.keys(sealed)
  const insert = (row: Record<string, unknown>) =>
    shop.pool.query(
      `insert into guarded (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      names.map((name) => row[name]),
    )
  await insert(sealed)
  for (const [column, value] of [
    ['email', 'kari@example.no'],
    ['salary', '1'],
    ['photo', Buffer.from('hvc')],
  ] as const)
    await expect(insert({ ...sealed, id: randomUUID(), email_index: null, [column]: value })).rejects.toThrow(
      '_encrypted',
    )
})

test('a key that another process has just made is looked up, by every adapter that may wait', async () => {
  const late = await shop.open({ person: tables.person }, { refreshEvery: 3_600_000 })
  const readers = await Promise.all(adapters.map((each) => each.open(shop.url, late)))
  await rotateKey({
    database: shop.pool,
    provider: shop.provider,
    tables,
    table: 'person',
    column: 'email',
    purpose: 'data',
    announceFor: 0,
  })
  const early = await openColumns({ database: shop.pool, provider: shop.provider, tables })
  const person = someone({ ...nothing, email: 'kari@example.no' })
  const writer = await pgAdapter.open(shop.url, early)
  await writer.insert(person)
  expect((await raw(person.id)).email).toMatch(/^hevd:c1:2:/)
  expect(() => late.tables.person.open({ id: person.id, email: 'hevd:c1:9:' })).toThrow(
    code('envelope-malformed'),
  )
  for (const reader of readers) expect(await reader.byId(person.id)).toEqual(person)
  await Promise.all([writer, ...readers].map((each) => each.close()))
  early.close()
})
