import { readLeaf } from '../domain/leaf.ts'
import { open } from '../domain/seal.ts'
import type { PersonKeys } from '../person-keys.ts'
import { type EntryRow, type SealedRow, sealedOf } from '../store.ts'
import { Faulty } from './faults.ts'
import { entries, type Stored } from './stored.ts'

/** How many personal payloads were opened and fit, and how many have no key any more. */
export type Payloads = { readonly opened: number; readonly closed: number }

/** Verifies what is sealed for the entries [from, end) against the leaves' commitments, where the keys are. Throws {@link Faulty}. */
export async function verifyPayloads(
  stored: Stored,
  from: number,
  end: number,
  keys: PersonKeys | null,
): Promise<Payloads> {
  const { tx, organisation, log } = stored
  let opened = 0
  let closed = 0
  for await (const rows of entries(stored, from, end)) {
    const ids = rows.map(({ id }) => id)
    const sealed = Map.groupBy(await sealedOf(tx, organisation, log, ids), ({ entry }) => entry)
    for (const row of rows) {
      const own = sealed.get(row.id) ?? []
      const commitments = readLeaf(row.data)?.personal ?? []
      const wrong = (field: string) => new Faulty(log, 'payload-wrong', { index: row.index }, { field })
      const uncommitted = own.find(({ field }) => !commitments.some((one) => one.field === field))
      if (uncommitted !== undefined) throw wrong(uncommitted.field)
      for (const { field, commitment } of commitments) {
        const payload = own.find((one) => one.field === field)
        if (payload === undefined) throw wrong(field)
        const key = keys?.find(organisation, payload.person) ?? { kind: 'none' }
        if (key.kind !== 'key') closed += 1
        else if (fits(stored, row, payload, commitment, key.key)) opened += 1
        else throw wrong(field)
      }
    }
  }
  return { opened, closed }
}

function fits(
  { organisation, log }: Stored,
  { id }: EntryRow,
  { field, ciphertext }: SealedRow,
  commitment: string,
  key: Buffer,
): boolean {
  try {
    return open({ commitment, ciphertext }, key, [organisation, log, id, field]).committed
  } catch {
    return false
  }
}
