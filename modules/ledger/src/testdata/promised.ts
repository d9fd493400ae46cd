import { type Database, openDatabase } from '@hevd/postgres'
import { equalBytes, openCheckpoint, parseVerifierKey, rootFrom, tileHashReader } from '@hevd/tlog'
import { sql } from 'kysely'
import { pino } from 'pino'
import { createLedger, verifyLedger } from '../index.ts'
import { tileSource } from '../tiles.ts'

/** What a writer was told and what it served, over all its lives. */
export type Promised = { readonly said: Set<string>; readonly served: Set<string> }

/** Takes the whole lines off what a writer printed; what it was killed in the middle of is no promise. */
export function promised(output: string, kept: Promised): void {
  for (const line of output.split('\n').slice(0, -1)) {
    const [word, value = ''] = line.split(' ')
    if (word === 'said') kept.said.add(value)
    if (word === 'served') kept.served.add(Buffer.from(value, 'base64').toString('utf8'))
  }
}

/**
 * The promises that were not kept, a line each: an acknowledged entry that is lost, a checkpoint that was served and whose root
 * the tree has not, and what verifying finds.
 */
export async function broken(
  url: string,
  home: string,
  organisation: string,
  kept: Promised,
): Promise<readonly string[]> {
  const db = openDatabase({ url })
  try {
    const clock = { now: () => 0 }
    const ledger = createLedger({ db, clock, home, logger: pino({ level: 'silent' }) })
    await ledger.open(organisation)
    await ledger.settle(organisation)
    const there = await entered(db, organisation)
    const lost = [...kept.said].filter((id) => !there.has(id)).map((id) => `lost ${id}`)
    const { verifierKey, origin } = await ledger.state(organisation, 'internal')
    const keys = [await parseVerifierKey(verifierKey)]
    const forked: string[] = []
    for (const note of kept.served) {
      const { checkpoint } = await openCheckpoint(note, { origin, keys })
      const root = await db.transaction(organisation, (tx) =>
        rootFrom(checkpoint.size, tileHashReader(checkpoint.size, tileSource(tx, organisation, 'internal'))),
      )
      if (!equalBytes(root, checkpoint.root)) forked.push(`another root at ${checkpoint.size}`)
    }
    const found = await verifyLedger({ db, home }, organisation)
    await ledger.stop()
    return [...lost, ...forked, ...(found.kind === 'wrong' ? [found.fault.words.en] : [])]
  } finally {
    await db.close()
  }
}

async function entered(db: Database, organisation: string): Promise<ReadonlySet<string>> {
  const { rows } = await db.transaction(organisation, (tx) =>
    sql<{ id: string }>`select id from ledger.entry where log = 'internal'`.execute(tx),
  )
  return new Set(rows.map(({ id }) => id))
}
