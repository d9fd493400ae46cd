import type { Database } from '@hevd/postgres'
import { leafHash, toBase64 } from '@hevd/tlog'
import type { EntryPage, EntryView } from './contract.ts'
import { readLeaf } from './domain/leaf.ts'
import { open } from './domain/seal.ts'
import type { Log } from './log.ts'
import type { PersonKeys } from './person-keys.ts'
import { type EntryRow, entriesBefore, type SealedRow, sealedOf } from './store.ts'

export type Browsing = {
  readonly before: number | undefined
  readonly limit: number
  readonly kind: string | undefined
  /** Whether the reader may see personal payloads. */
  readonly mayOpen: boolean
}

/** A page of entries under the served checkpoint, newest first. */
export async function browse(
  db: Database,
  log: Log,
  keys: PersonKeys,
  { before, limit, kind, mayOpen }: Browsing,
): Promise<EntryPage> {
  const size = log.kept?.size ?? 0
  const from = Math.min(before ?? size, size)
  const { rows, sealed } = await db.transaction(log.organisation, async (tx) => {
    const rows = await entriesBefore(tx, log.organisation, log.name, from, limit, kind)
    const ids = rows.map(({ id }) => id)
    return { rows, sealed: await sealedOf(tx, log.organisation, log.name, ids) }
  })
  const last = rows.at(-1)
  return {
    items: rows.map((row) => {
      const own = sealed.filter(({ entry }) => entry === row.id)
      return entryView(row, log, own, mayOpen, keys)
    }),
    next: rows.length < limit || last === undefined || last.index === 0 ? null : last.index,
    size,
  }
}

function entryView(
  row: EntryRow,
  log: Log,
  sealed: readonly SealedRow[],
  mayOpen: boolean,
  keys: PersonKeys,
): EntryView {
  const leaf = readLeaf(row.data)
  const personal = (leaf?.personal ?? []).map(({ field, commitment }) => {
    const found = sealed.find((payload) => payload.field === field)
    const key = found === undefined ? null : keys.find(log.organisation, found.person)
    if (found === undefined || key?.kind !== 'key')
      return { field, payload: null, erased: key?.kind === 'erased' }
    return { field, payload: mayOpen ? opened(row, log, found, commitment, key.key) : null, erased: false }
  })
  return {
    index: row.index,
    id: row.id,
    kind: row.kind,
    at: leaf?.at ?? 0,
    body: leaf?.body ?? {},
    leafHash: toBase64(leafHash(row.data)),
    personal,
  }
}

/** Null for what does not open under the person's key or is not what was committed to: it was altered, or sealed after an erasure. */
function opened(row: EntryRow, log: Log, sealed: SealedRow, commitment: string, key: Buffer): unknown {
  try {
    const place = [log.organisation, log.name, row.id, sealed.field]
    const { payload, committed } = open({ commitment, ciphertext: sealed.ciphertext }, key, place)
    return committed ? payload : null
  } catch {
    return null
  }
}
