import type { Database } from '@hevd/postgres'
import { appendEntries, type Means } from './append.ts'
import { entriesOfPerson } from './store.ts'

/** Entries named by one erasure leaf; more go into further leaves, since a leaf has at most 65,535 bytes. */
const perLeaf = 1000

/**
 * Erases a person: first the key, then a leaf in the internal log that lists the entries whose payload can be opened
 * no more. Interrupted between the two, calling it again writes the leaf. The number of entries.
 */
export async function erasePerson(
  db: Database,
  means: Means,
  organisation: string,
  person: string,
): Promise<number> {
  means.keys().erase(organisation, person)
  return db.transaction(organisation, async (tx) => {
    const entries = await entriesOfPerson(tx, organisation, person)
    const leaves = Math.max(1, Math.ceil(entries.length / perLeaf))
    const erasures = Array.from({ length: leaves }, (_, part) => ({
      kind: 'person-erased',
      body: { entries: entries.slice(part * perLeaf, (part + 1) * perLeaf) },
    }))
    await appendEntries(tx, organisation, 'internal', erasures, means)
    return entries.length
  })
}
