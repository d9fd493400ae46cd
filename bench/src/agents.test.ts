import { expect, test } from 'vitest'
import { runAgents } from './agents/run.ts'

test('nothing that agents saw is lost, whoever is killed, and none has to say everything anew', {
  timeout: 300_000,
}, async () => {
  const outcome = await runAgents(
    {
      hosts: 5,
      processes: 2,
      seconds: 12,
      kills: 1,
      interval: 'PT2S',
      between: [2, 4],
      wanders: 2,
      flips: 3,
    },
    () => {},
  )
  expect(outcome).toMatchObject({ lost: [], wrong: [] })
  expect(outcome.kills.server).toBeGreaterThanOrEqual(1)
  expect(outcome.kills.agents).toBeGreaterThanOrEqual(1)
  expect(outcome.waited.length).toBeGreaterThan(0)
  for (const event of ['server-wants-full', 'report-refused', 'spool-damaged', 'spool-overfull'])
    expect([event, outcome.said.get(event) ?? 0]).toEqual([event, 0])
})
