import { randomUUID } from 'node:crypto'
import { rootOf } from '../domain/leaf.ts'
import type { Engine } from '../engine.ts'
import { type DueChunk, moveDue } from '../store/due.ts'
import { holdActivation } from '../store/judging.ts'
import { TallyChange } from '../store/tally.ts'

/**
 * Moves findings whose moment has come, a chunk to a transaction, each with its history, its leaf in the internal log
 * and the counts. Returns how many there were; stops when newer tests are activated.
 */
export async function moveAllDue(engine: Engine, organisation: string): Promise<number> {
  for (let moved = 0; ; ) {
    const chunk = await moveChunk(engine, organisation)
    moved += chunk
    if (chunk < engine.config.dueChunk) return moved
  }
}

function moveChunk(engine: Engine, organisation: string): Promise<number> {
  const { db, clock, config, digest, ledger, tests } = engine
  return db.transaction(organisation, async (tx) => {
    if (!(await holdActivation(tx, organisation, digest))) return 0
    const batch = randomUUID()
    const chunk = await moveDue(tx, organisation, tests, batch, clock.now(), config.dueChunk)
    const { moved, leaves } = chunk
    if (leaves.length > 0)
      await ledger.append(tx, organisation, 'internal', [
        {
          kind: 'judged',
          body: { batch, root: rootOf(leaves), changed: leaves.length / 32, occurrences: 0 },
        },
      ])
    const tally = tallyOf(chunk)
    await tally.write(tx, organisation)
    return moved.reduce((sum, { count }) => sum + count, 0)
  })
}

function tallyOf({ moved }: DueChunk): TallyChange {
  const tally = new TallyChange()
  for (const { test, verdict, next, count, changed } of moved) {
    if (changed === 0) continue
    tally.add(test, verdict, -count)
    tally.add(test, next, count)
  }
  return tally
}
