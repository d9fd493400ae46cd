import { agents } from '@hevd/facts'
import { createFeeds } from '@hevd/feeds'
import { loadCatalogue } from '@hevd/policy'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { findingPage } from './contract.ts'
import { appOf, reader } from './testdata/app.ts'
import { type Ground, ground, logger, said, world } from './testdata/world.ts'

const minute = 60_000
const heard = 'continuously-monitored/hosts-heard'
let on: Ground

beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())

test('a host that falls silent is unknown, fails when its time is up, whoever works, and holds when it speaks again', async () => {
  const here = await world(on, await loadCatalogue())
  const app = await appOf(here, () => reader('00000000-0000-7000-8000-00000000000e'))
  const { db } = on
  const { clock, ledger } = here
  const config = { graceAfterStart: 'PT0.01S', longestSleep: 'PT0.02S' }
  const watching = createFeeds({ db, clock, logger, record: ledger.record, config })
  await watching.start()
  onTestFinished(() => watching.stop())
  const speaks = () =>
    here.report('h1', [agents.name], [{ type: agents.name, value: { host: 'h1', version: '1', root: true } }])
  const shown = async () => {
    const page = findingPage.parse(
      (await app.inject({ url: `/api/findings?control=continuously-monitored` })).json(),
    )
    const finding = page.items.find(({ test: of }) => of === heard)
    return finding && { verdict: finding.verdict, code: finding.why?.code ?? null }
  }

  await here.put(said.host('h1'))
  await speaks()
  await here.settle()
  expect((await here.finding(heard, 'h1'))?.verdict).toBe('holds')

  clock.advance(15 * minute - 1)
  expect(await here.entries('feed-silent')).toEqual([])
  clock.advance(1)
  await vi.waitFor(async () => expect(await here.entries('feed-silent')).toHaveLength(1))
  await here.settle()
  expect(await shown()).toEqual({ verdict: 'fails', code: 'host-silent' })

  await speaks()
  await here.settle()
  expect((await here.finding(heard, 'h1'))?.verdict).toBe('holds')
})
