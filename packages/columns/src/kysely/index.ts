import type { KyselyPlugin, QueryId, QueryResult, RootOperationNode, UnknownRow } from 'kysely'
import type { Columns } from '../columns.ts'
import { withFreshKeys } from '../fresh-keys.ts'
import type { Output } from './outputs.ts'
import { ColumnsTransformer } from './transformer.ts'

/**
 * A plugin for Kysely: `new Kysely({ dialect, plugins: [encryptedKysely(columns)] })`. Values are sealed on their way
 * in and opened on their way out; `where('email', '=', …)` searches the index. What it cannot translate it refuses,
 * before anything is sent. SQL that is written out (the `sql` tag) passes by it: put the statements of
 * `guardStatements` into a migration.
 */
export function encryptedKysely(columns: Columns): KyselyPlugin {
  const expected = new WeakMap<QueryId, readonly Output[]>()
  return {
    transformQuery({ node, queryId }): RootOperationNode {
      const transformer = new ColumnsTransformer(columns)
      const transformed = transformer.transformNode(node)
      expected.set(queryId, transformer.outputs)
      return transformed
    },
    async transformResult({ result, queryId }): Promise<QueryResult<UnknownRow>> {
      const outputs = expected.get(queryId) ?? []
      const rows = await withFreshKeys(columns, () =>
        result.rows.map((row) => outputs.reduce(openOutput, row)),
      )
      return { ...result, rows }
    },
  }
}

function openOutput(row: UnknownRow, { table, keys }: Output): UnknownRow {
  const values = table.open(Object.fromEntries([...keys].map(([column, key]) => [column, row[key]])))
  const result = { ...row }
  for (const [column, key] of keys) if (table.columns.has(column)) result[key] = values[column]
  return result
}
