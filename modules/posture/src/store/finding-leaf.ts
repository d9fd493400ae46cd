import { type RawBuilder, sql } from 'kysely'
import { leafForm } from '../domain/leaf.ts'

/**
 * Leaf hash of a finding in SQL, the same bytes as `findingLeafHash`. `row` is the alias of something with the columns
 * salt, test, verdict, since, why and subject.
 */
export function findingLeafSql(row: string): RawBuilder<Buffer> {
  const of = (column: string) => sql.ref(`${row}.${column}`)
  const since = sql`(extract(epoch from ${of('since')}) * 1000)::bigint`
  const text = sql`concat_ws(E'\n', ${sql.lit(leafForm)}, ${of('salt')}, ${of('test')}, ${of('verdict')}, ${since},
    coalesce(${of('why')}, ''), ${of('subject')})`
  return sql<Buffer>`sha256('\\x00'::bytea || convert_to(${text}, 'UTF8'))`
}
