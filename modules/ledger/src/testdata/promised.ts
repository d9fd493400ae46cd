import { type Database, openDatabase } from '@hevd/postgres'
import { equalBytes, openCheckpoint, parseVerifierKey, rootFrom, tileHashReader } from '@hevd/tlog'
import { pino } from 'pino'
import { expect } from 'vitest'
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

/** That every promise is kept: no acknowledged entry is lost, and the tree has the root of every checkpoint ever served. */
export async function expectKept(
  url: string,
  home: string,
  organisation: string,
  kept: Promised,
): Promise<void> {
  const db = openDatabase({ url })
  try {
    const clock = { now: () => 0 }
    const ledger = createLedger({ db, clock, home, logger: pino({ level: 'silent' }) })
    await ledger.open(organisation)
    await ledger.settle(organisation)
    const proofs = await entered(db, organisation)
    expect([...kept.said].filter((id) => !proofs.has(id))).toEqual([])
    const { verifierKey, origin } = await ledger.state(organisation, 'internal')
    const keys = [await parseVerifierKey(verifierKey)]
    for (const note of kept.served) {
      const { checkpoint } = await openCheckpoint(note, { origin, keys })
      const root = await db.transaction(organisation, (tx) =>
        rootFrom(checkpoint.size, tileHashReader(checkpoint.size, tileSource(tx, organisation, 'internal'))),
      )
      expect(equalBytes(root, checkpoint.root)).toBe(true)
    }
    expect(await verifyLedger({ db, home }, organisation)).toMatchObject({ kind: 'sound' })
    await ledger.stop()
  } finally {
    await db.close()
  }
}

async function entered(db: Database, organisation: string): Promise<ReadonlySet<string>> {
  const { sql } = await import('kysely')
  const { rows } = await db.transaction(organisation, (tx) =>
    sql<{ id: string }>`select id from ledger.entry where log = 'internal'`.execute(tx),
  )
  return new Set(rows.map(({ id }) => id))
}
