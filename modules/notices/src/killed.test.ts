import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ThrowawayDatabase } from '@hevd/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startMailServer } from './testdata/mail-server.ts'
import { ground, world } from './testdata/world.ts'

let on: ThrowawayDatabase
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.drop())

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const readers = 12

test('servers are killed again and again: everybody is told, and a mail that comes twice has one Message-ID', async () => {
  const w = await world(on, new Date(Date.now()).toISOString())
  for (let count = 0; count < readers; count += 1) await w.account()
  const mail = await startMailServer({ stall: 0.02 })
  onTestFinished(() => mail.stop())
  const order = JSON.stringify({ url: on.runtimeUrl, organisation: w.organisation, port: mail.port })
  const open = () =>
    w.inside(async (tx) => {
      const { rows } = await sql<{ count: number }>`
        select (select count(*) from notices.telling where organisation = ${w.organisation} and delivery is null)
          + (select count(*) from notices.delivery where organisation = ${w.organisation} and state = 'waiting')
          + (select case when count(*) = 0 then 1 else 0 end from notices.telling
              where organisation = ${w.organisation}) as count`.execute(tx)
      return rows[0]?.count ?? 0
    })
  const start = async () => {
    const children = [1, 2].map(() => fork(join(import.meta.dirname, 'testdata', 'teller.ts'), [order]))
    await Promise.all(children.map((child) => once(child, 'message')))
    return children
  }
  let killed = 0
  while (killed < 8) {
    const children = await start()
    await sleep(randomInt(300))
    await Promise.all(children.map(kill))
    killed += children.length
  }
  const survivors = await start()
  while ((await open()) > 0) await sleep(50)
  await Promise.all(survivors.map(kill))
  const byReader = Map.groupBy(mail.mails, ({ to }) => to[0])
  expect(byReader.size).toBe(readers)
  const twice = [...byReader.values()].filter((mails) => new Set(mails.map(idOf)).size !== 1)
  expect(twice).toEqual([])
  expect(mail.mails.every(({ text }) => /\* a\r?\n/.test(text) && /\* b\r?\n/.test(text))).toBe(true)
  // Each kill can catch one mail between the mail server's word and ours, and no more.
  expect(mail.mails.length).toBeLessThanOrEqual(readers + killed)
})

const idOf = ({ headers }: { readonly headers: { readonly [name: string]: string } }) => headers['message-id']
