import { createApp } from '@hevd/http'
import { createTrust, trustMigrations } from '@hevd/trust'
import pino from 'pino'
import type { Bench } from './bench.ts'
import { noWrongAccount } from './judged-people.ts'
import { controlId, type JudgingGround, judgingGround, noon } from './judging-ground.ts'
import { seedJudged } from './seed-judged.ts'

const many = 100_000
const few = 10
/** Pages in one measurement, and measurements of each size, taken in turn. */
const pages = 20
const rounds = 5

/** What the console asks for when a control's page is opened: its shell, the control, its subjects, exceptions, proof. */
const calls = [
  '/api/policy',
  `/api/controls/${controlId}`,
  `/api/findings?control=${controlId}&limit=20`,
  '/api/exceptions',
  `/api/trust/controls/${controlId}`,
]

/** The page of a control with 10^5 subjects beside one with 10: it is to cost the same. */
export const page: Bench = {
  name: 'page',
  async run(report) {
    const ground = await judgingGround([noWrongAccount], [{ name: 'trust', directory: trustMigrations }])
    ground.clock.set(noon)
    const large = await pageOf(ground, many)
    const small = await pageOf(ground, few)
    report(`${many} and ${few} subjects are there`)
    let ours = 0
    let reference = 0
    for (let round = 1; round <= rounds; round += 1) {
      ours = Math.max(ours, await speedOf(large))
      reference = Math.max(reference, await speedOf(small))
      report(`round ${round}: ${ours.toFixed(1)} and ${reference.toFixed(1)} pages/s`)
    }
    const others = []
    for (const url of calls) {
      const value = await best(() => speedOf(large, [url]))
      others.push({
        what: `${url} with ${many} subjects`,
        value,
        ratio: value / (await best(() => speedOf(small, [url]))),
      })
    }
    await ground.end()
    return {
      ours,
      reference,
      unit: 'pages/s',
      what: `the same page of a control with ${few} subjects`,
      others,
    }
  },
}

type Asked = (url: string) => Promise<void>

/** An organisation with so many judged subjects, and its API; one in twenty fails and as many are unknown. */
async function pageOf(ground: JudgingGround, subjects: number): Promise<Asked> {
  const { target, clock, ledger, feeds, posture, catalogue } = ground
  const logger = pino({ level: 'silent' })
  const organisation = await ground.organisation()
  await seedJudged(ground, organisation, noWrongAccount.id, subjects)
  const trust = createTrust({
    db: target.db,
    clock,
    logger,
    ledger,
    posture,
    feeds,
    catalogue,
    origin: 'http://127.0.0.1',
  })
  const app = await createApp({
    logger,
    tls: null,
    bodyLimit: 10_000,
    callsPerMinute: 1e9,
    fallbackLocale: 'en',
    version: '0.0.0',
    authenticate: async () => ({ kind: 'account', id: organisation, role: 'reader' }),
    organisationOf: async () => organisation,
  })
  posture.register(app)
  trust.register(app)
  await trust.publish(organisation)
  const found = await app.inject(`/api/controls/${controlId}`)
  const { counts } = found.json()
  if (counts.holds + counts.fails + counts.unknown !== subjects)
    throw new Error(`Not all subjects are there: ${JSON.stringify(counts)}`)
  return async (url) => {
    const { statusCode, body } = await app.inject(url)
    if (statusCode !== 200) throw new Error(`${url}: ${statusCode} ${body}`)
  }
}

/** Pages a second, all their calls one after the other. */
async function speedOf(asked: Asked, urls: readonly string[] = calls): Promise<number> {
  const from = performance.now()
  for (let at = 0; at < pages; at += 1) for (const url of urls) await asked(url)
  return (pages * 1000) / (performance.now() - from)
}

async function best(measure: () => Promise<number>): Promise<number> {
  return Math.max(await measure(), await measure(), await measure())
}
