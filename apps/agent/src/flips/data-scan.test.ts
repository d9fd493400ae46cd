import { writeFileSync } from 'node:fs'
import { withControls } from '@hevd/scan/planted'
import { expect, onTestFinished, test } from 'vitest'
import { collectOnce } from '../collect-once.ts'
import { dataScanCollector } from '../collectors/data-scan.ts'
import { postgresCollector } from '../collectors/postgres.ts'
import { lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { realPostgres } from '../testdata/real-postgres.ts'
import { day, judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const noPlainText = 'columns-encrypted/no-plain-text'
const noCardNumbers = 'payment-data-delegated/no-card-numbers'

test('secrets, identity numbers and cards in a real server and its logs: found, mended, and found again', async () => {
  const postgres = await realPostgres({ ssl: false })
  const sql = (text: string) => postgres.sql(text)
  await sql(`create role scan login password 'x' in role pg_read_all_data`)
  await sql('create database shop')
  const logs = folderWith({ 'app.log': 'INFO started\n' })
  const scan = {
    databases: [`postgresql://scan:x@localhost:${postgres.port}/`],
    logs: [logs.path],
    every: 'P1D',
  }
  const server = `h1/${postgres.port}`
  const [own, shop, log] = [`${server}/postgres`, `${server}/shop`, `h1/logs:${logs.path}`]
  const look = async () => {
    const access = localHostAccess({ host: { id: 'h1', name: 'here' }, look: { ...lookAtNothingElse, scan } })
    const seen = await collectOnce(access, [postgresCollector, dataScanCollector])
    return {
      seen,
      columns: judge(seen, noPlainText),
      cards: judge(seen, noCardNumbers),
      servers: judge(seen, 'columns-encrypted/servers-scanned'),
    }
  }
  const clean = await look()
  expect(clean.columns[own]).toMatchObject(verdict('holds', 'scanned-whole'))
  expect(clean.columns[shop]).toMatchObject(verdict('holds', 'scanned-whole'))
  expect(clean.cards[log]).toMatchObject(verdict('holds', 'scanned-whole'))
  expect(clean.servers[server]).toMatchObject(verdict('holds'))
  expect(judge(clean.seen, noPlainText, { after: 8 * day })[own]).toMatchObject(
    verdict('unknown', 'scan-too-old'),
  )

  const number = withControls('150645912')
  await sql(`create table people (name text, ssn text, card text);
    insert into people values ('Kari', '${number}', '4539 5787 6362 1486')`)
  writeFileSync(logs.at('app.log'), 'INFO paid with 4539578763621486\n')
  const dirty = await look()
  expect(dirty.columns[own]).toMatchObject(
    verdict('fails', 'found-in-plain-text', { where: ['public.people.ssn (1)'] }),
  )
  expect(dirty.columns[shop]).toMatchObject(verdict('holds'))
  expect(dirty.cards[own]).toMatchObject(verdict('fails', 'found-in-plain-text'))
  expect(dirty.cards[log]).toMatchObject(verdict('fails', 'found-in-plain-text'))
  expect(JSON.stringify(dirty.seen)).not.toMatch(new RegExp(`${number}|4539|Kari|scan:x`))

  // Encrypted as @hevd/columns does, and the log rotated away.
  await sql(`update people set ssn = 'hevd:c1:1:AAAA', card = 'hevd:c1:1:BBBB'`)
  writeFileSync(logs.at('app.log'), 'INFO paid\n')
  const mended = await look()
  expect(mended.columns[own]).toMatchObject(verdict('holds', 'scanned-whole'))
  expect(mended.cards[log]).toMatchObject(verdict('holds'))

  await sql(`alter role scan nologin`)
  const barred = await look()
  expect(barred.columns[own]).toBeUndefined()
  expect(barred.servers[server]).toMatchObject(verdict('unknown', 'server-not-scanned'))
})
