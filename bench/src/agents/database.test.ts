import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { differencesOf, type StoredFact } from './database.ts'
import { collectorNames, collectorsOf, flip, madeHost, truthOf } from './made-host.ts'

test('a fact that is missing, is another or is there too many is a difference', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hevd-made-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const host = madeHost('h1', folder)
  const facts = collectorNames.flatMap((name) =>
    [...truthOf(host, name)].map(
      ([key, value]): StoredFact => ({ feed: `h1/${name}`, type: collectorsOf[name].name, key, value }),
    ),
  )
  expect(differencesOf([host], facts)).toEqual([])
  const [first, ...rest] = facts
  expect(differencesOf([host], rest)).toEqual([`h1/accounts account ${first?.key}`])
  const other = facts.map((fact) => (fact === first ? { ...fact, value: { name: 'another' } } : fact))
  expect(differencesOf([host], other)).toEqual([`h1/accounts account ${first?.key}`])
  flip(host)
  const telnet = 'h1/sockets listening-socket h1/tcp/0.0.0.0:23'
  expect(differencesOf([host], facts)).toEqual([telnet])
  const open = { host: 'h1', port: 23 }
  flip(host)
  const extra = { feed: 'h1/sockets', type: 'listening-socket', key: 'h1/tcp/0.0.0.0:23', value: open }
  expect(differencesOf([host], [...facts, extra])).toEqual([telnet])
})
