import { columns, type Tx } from '@hevd/postgres'
import { sql } from 'kysely'

/** Names of subjects by `<kind> <id>`. */
export async function namesOf(
  tx: Tx,
  organisation: string,
  subjects: readonly { readonly kind: string; readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (subjects.length === 0) return new Map()
  const { rows } = await sql<{ kind: string; id: string; name: string }>`
    select distinct s.kind, s.id, s.name from ${columns(subjects, { kind: 'text', id: 'text' })} as w (kind, id)
    join posture.subject s on s.organisation = ${organisation} and s.kind = w.kind and s.id = w.id`.execute(
    tx,
  )
  return new Map(rows.map(({ kind, id, name }) => [`${kind} ${id}`, name]))
}
