import type { Clock } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import type { LogName } from './contract.ts'
import { type Commitment, type Entry, leafBytes } from './domain/leaf.ts'
import { keyLength, seal } from './domain/seal.ts'
import type { PersonKeys } from './person-keys.ts'
import { insertOutbox, insertSealed, type SealedRow } from './store.ts'

/** What entries are made with. */
export type Means = {
  readonly clock: Clock
  /** Ids that ascend; see `entryIds`. */
  readonly newId: (now: number) => string
  readonly random: (bytes: number) => Buffer
  readonly keys: () => PersonKeys
}

/** Puts entries into the outbox in the caller's transaction; its commit acknowledges them. Their ids, in order. */
export async function appendEntries(
  tx: Tx,
  organisation: string,
  log: LogName,
  entries: readonly Entry[],
  means: Means,
): Promise<readonly string[]> {
  const now = means.clock.now()
  const sealed: Omit<SealedRow, 'log'>[] = []
  const persons = entries.flatMap(({ personal = [] }) => personal.map(({ person }) => person))
  if (persons.length > 0) means.keys().makeAll(organisation, persons)
  const rows = entries.map((entry) => {
    const id = means.newId(now)
    const commitments = (entry.personal ?? []).map(({ field, person, payload }): Commitment => {
      const key = sealingKey(organisation, person, means)
      const made = seal(payload, key, [organisation, log, id, field], means.random)
      sealed.push({ entry: id, field, person, ciphertext: made.ciphertext })
      return { field, commitment: made.commitment }
    })
    return { id, kind: entry.kind, data: leafBytes(entry, now, commitments) }
  })
  if (rows.length > 0) await insertOutbox(tx, organisation, log, rows)
  if (sealed.length > 0) await insertSealed(tx, organisation, log, sealed)
  return rows.map(({ id }) => id)
}

/** An erased person has no key: what is said of them now is sealed under one that nobody keeps. */
function sealingKey(organisation: string, person: string, { keys, random }: Means): Buffer {
  const found = keys().keyOf(organisation, person)
  return found.kind === 'key' ? found.key : random(keyLength)
}
