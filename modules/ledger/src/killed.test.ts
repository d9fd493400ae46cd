import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ground, ground } from './testdata/log-in-database.ts'
import { broken, type Promised, promised } from './testdata/promised.ts'

const writer = join(import.meta.dirname, 'testdata', 'writer.ts')
let on: Ground
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())

/** Lets a writer live until its first line of this word, and a random moment longer. */
async function oneLife(organisation: string, word: 'said' | 'served', kept: Promised): Promise<void> {
  const child = spawn(process.execPath, [writer, on.target.runtimeUrl, on.home, organisation], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  while (!output.includes(word) && child.exitCode === null) await sleep(5)
  await sleep(randomInt(250))
  child.kill('SIGKILL')
  await ended
  expect(child.signalCode).toBe('SIGKILL')
  promised(output, kept)
}

test('kill -9 at 20 random moments: nothing acknowledged is lost, and every checkpoint served still fits', async () => {
  const organisation = await on.organisation()
  const kept: Promised = { said: new Set(), served: new Set() }
  for (let round = 0; round < 20; round += 1)
    await oneLife(organisation, round % 2 === 0 ? 'said' : 'served', kept)
  expect(kept.said.size).toBeGreaterThan(20)
  expect(kept.served.size).toBeGreaterThan(0)
  expect(await broken(on.target.runtimeUrl, on.home, organisation, kept)).toEqual([])
  console.log(`${kept.said.size} entries acknowledged, ${kept.served.size} checkpoints served, none lost`)
}, 600_000)
