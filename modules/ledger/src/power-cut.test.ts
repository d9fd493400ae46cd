import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PowerCutDisk, powerCutDisk, startPostgresOn } from '@hevd/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { broken, type Promised, promised } from './testdata/promised.ts'

let disk: PowerCutDisk
beforeAll(() => {
  disk = powerCutDisk()
})
afterAll(() => disk.remove())

test('a power cut at 5 random moments: nothing acknowledged is lost, and every checkpoint served still fits', async () => {
  const kept: Promised = { said: new Set(), served: new Set() }
  let organisation = ''
  for (let round = 0; round < 5; round += 1) {
    disk.mount()
    const machine = disk.start(join(import.meta.dirname, 'testdata', 'machine.ts'), disk.home, organisation)
    while (!machine.output().includes('served') && machine.child.exitCode === null) await sleep(10)
    await sleep(randomInt(400))
    await disk.cut(machine)
    organisation ||= /^organisation (.+)$/m.exec(machine.output())?.[1] ?? ''
    promised(machine.output(), kept)
  }
  expect(kept.said.size).toBeGreaterThan(5)
  expect(kept.served.size).toBeGreaterThan(0)
  disk.mount()
  const postgres = await startPostgresOn(disk.home)
  try {
    expect(await broken(postgres.runtimeUrl, disk.home, organisation, kept)).toEqual([])
  } finally {
    await postgres.stop()
    await disk.unmount()
  }
  console.log(`${kept.said.size} entries acknowledged, ${kept.served.size} checkpoints served, none lost`)
}, 600_000)
