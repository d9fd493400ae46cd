import type { Database, Tx } from '@hevd/postgres'
import { appendEntries, type Means } from './append.ts'
import { entriesOfPerson } from './store.ts'

/** Entries named by one erasure leaf; more go into further leaves, since a leaf has at most 65,535 bytes. */
const perLeaf = 1000

/**
 * Erases a person: first the key, then a leaf in the internal log that lists the entries whose payload can be opened
 * no more. Interrupted between the two, calling it again writes the leaf. The number of entries.
 *
 * @param alongside written with the leaf or not at all; false: it was written before, and no second leaf is
 */
export async function erasePerson(
  db: Database,
  means: Means,
  organisation: string,
  person: string,
  alongside: (tx: Tx, entries: number) => Promise<boolean> = async () => true,
): Promise<number> {
  means.keys().erase(organisation, person)
  return db.transaction(organisation, async (tx) => {
    const entries = await entriesOfPerson(tx, organisation, person)
    if (!(await alongside(tx, entries.length))) return entries.length
    const leaves = Math.max(1, Math.ceil(entries.length / perLeaf))
    const erasures = Array.from({ length: leaves }, (_, part) => ({
      kind: 'person-erased',
      body: { entries: entries.slice(part * perLeaf, (part + 1) * perLeaf) },
    }))
    await appendEntries(tx, organisation, 'internal', erasures, means)
    return entries.length
  })
}
