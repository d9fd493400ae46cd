import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PolicyView, policyView } from '@hevd/posture/contract'
import { ordinaryUser } from '@hevd/testing'
import { afterEach, describe, expect, test } from 'vitest'
import {
  firstSession,
  freePort,
  newHome,
  type RunningHevd,
  removeHome,
  startHevd,
  until,
} from './running-hevd.fixture.ts'

const homes: string[] = []
let running: RunningHevd | undefined
afterEach(async () => {
  if (running?.process.exitCode === null) await running.stop()
  for (const home of homes.splice(0)) await removeHome(home)
})

async function policyOf(origin: string, cookie: string): Promise<PolicyView> {
  const response = await fetch(`${origin}/api/policy`, { headers: { cookie } })
  return policyView.parse(await response.json())
}
const judged = ({ sections }: PolicyView) =>
  sections.flatMap(({ controls }) => controls).filter(({ counts }) => counts.holds + counts.fails > 0)

describe.each([
  ['root', 0, 'system', true],
  ['root', 0, 'embedded', false],
  ['an ordinary user', ordinaryUser.uid, 'system', false],
  ['an ordinary user', ordinaryUser.uid, 'embedded', true],
] as const)('started as %s (%i) with %s PostgreSQL', (_who, uid, postgres, isFirst) => {
  test('shows true verdicts of this host, and goes on after a stop and after kill -9 of server and database', {
    timeout: 300_000,
  }, async () => {
    const home = newHome(uid)
    homes.push(home)
    const place = { home, port: await freePort(), uid, postgres }
    running = await startHevd(place)
    expect(running.link).not.toBeNull()
    const cookie = await firstSession(running.origin, running.link ?? '')
    const { origin } = running
    const first = await until(
      () => policyOf(origin, cookie),
      (view) => judged(view).length >= 2,
    )
    expect(first.sections.flatMap(({ controls }) => controls)).toHaveLength(48)

    // Each kind of user and of server once: what follows, of all of them, ends the server as well.
    for (const end of isFirst ? (['stop', 'kill'] as const) : []) {
      await running[end]()
      running = await startHevd(place)
      expect(running.link).toBeNull()
      await until(
        () => policyOf(origin, cookie),
        (view) => judged(view).length >= 2,
      )
    }

    process.kill(postmaster(home), 'SIGKILL')
    await until(
      () => policyOf(origin, cookie),
      (view) => judged(view).length >= 2,
    )

    process.kill(postmaster(home), 'SIGKILL')
    await running.kill()
    running = await startHevd(place)
    const last = await until(
      () => policyOf(origin, cookie),
      (view) => judged(view).length >= 2,
    )
    expect(last.halted).toBeNull()
    expect(await fetch(`${origin}/health`).then((answer) => answer.json())).toMatchObject({ ready: true })
  })
})

function postmaster(home: string): number {
  return Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
}
