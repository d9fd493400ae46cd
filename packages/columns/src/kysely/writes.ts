import {
  ColumnNode,
  ColumnUpdateNode,
  DefaultInsertValueNode,
  type InsertQueryNode,
  type OperationNode,
  PrimitiveValueListNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
} from 'kysely'
import { isEnvelope } from '../envelope/envelope.ts'
import { ColumnsError } from '../errors.ts'
import type { EncryptedTable } from '../table.ts'

/** The insert with each row sealed and the columns of its indexes added. `nested`: it is part of another query. */
export function sealInsert(table: EncryptedTable, node: InsertQueryNode, nested: boolean): InsertQueryNode {
  const { columns = [], values } = node
  const names = columns.map(({ column }) => column.name)
  if (!names.some((name) => table.columns.has(name))) return node
  refuseIndexColumns(table, names)
  if (values === undefined || !ValuesNode.is(values))
    throw new ColumnsError('not-translatable', {
      what: `an insert into ${table.declared.name} from a query; read the rows, and insert their values`,
    })
  const rows = values.values.map((list) => {
    const nodes = PrimitiveValueListNode.is(list)
      ? list.values.map((value) => ValueNode.create(value))
      : list.values
    return new Map(nodes.map((value, at) => [names[at] ?? '', value]))
  })
  const sealed = rows.map((row) => ({ row, stored: table.seal(plainRow(table, row, nested)) }))
  const written = [...new Set([...names, ...sealed.flatMap(({ stored }) => Object.keys(stored))])]
  return {
    ...node,
    columns: written.map((name) => ColumnNode.create(name)),
    values: ValuesNode.create(
      sealed.map(({ row, stored }) =>
        ValueListNode.create(
          written.map((name) =>
            Object.hasOwn(stored, name) && ours(table, name)
              ? ValueNode.create(stored[name])
              : (row.get(name) ?? DefaultInsertValueNode.create()),
          ),
        ),
      ),
    ),
  }
}

/**
 * The updates with new values sealed. The row must be named by its id in the condition: `pinned` gives what that
 * demands of a column.
 */
export function sealUpdates(
  table: EncryptedTable,
  names: readonly string[],
  updates: readonly ColumnUpdateNode[],
  pinned: (column: string) => unknown,
  nested: boolean,
): readonly ColumnUpdateNode[] {
  const { id, tenant, name: path } = table.declared
  const identity = [...id, ...(tenant === undefined ? [] : [tenant])]
  const moved = names.find((name) => identity.includes(name))
  if (moved !== undefined)
    throw new ColumnsError('not-translatable', {
      what: `an update of ${path}.${moved}, to which the encrypted values of the row are bound; insert the row anew, and delete the old one`,
    })
  refuseIndexColumns(table, names)
  if (!names.some((name) => table.columns.has(name))) return updates
  const given = new Map(updates.map(({ value }, at) => [names[at] ?? '', value]))
  const row = {
    ...plainRow(table, given, nested),
    ...Object.fromEntries(identity.map((column) => [column, pinned(column)])),
  }
  const stored = table.seal(row)
  const rest = updates.filter((_, at) => !table.columns.has(names[at] ?? ''))
  const sealed = Object.entries(stored).filter(([name]) => !identity.includes(name))
  return [
    ...rest,
    ...sealed.map(([name, value]) =>
      ColumnUpdateNode.create(ColumnNode.create(name), ValueNode.create(value)),
    ),
  ]
}

/**
 * The values of declared columns, the id and the tenant; an expression in place of one cannot be sealed. Kysely hands a
 * query that was built from the outer `db` to its plugins on its own, and once more as part of the whole.
 */
function plainRow(
  table: EncryptedTable,
  row: ReadonlyMap<string, OperationNode>,
  nested: boolean,
): Record<string, unknown> {
  const { id, tenant } = table.declared
  const plain: Record<string, unknown> = {}
  for (const name of [...table.columns.keys(), ...id, ...(tenant === undefined ? [] : [tenant])]) {
    const node = row.get(name)
    if (node === undefined || DefaultInsertValueNode.is(node)) continue
    if (nested && ValueNode.is(node) && table.columns.has(name) && isEnvelope(node.value))
      throw new ColumnsError('not-translatable', {
        what: `${table.declared.name}.${name} is sealed already; build a query within a query from the callback's argument, not from the outer one`,
      })
    if (ValueNode.is(node)) plain[name] = node.value
    else if (table.columns.has(name))
      throw new ColumnsError('not-translatable', {
        what: `an expression for ${table.declared.name}.${name}; give the value itself`,
      })
  }
  return plain
}

/** What `seal` writes: encrypted columns and those of their indexes. */
function ours(table: EncryptedTable, name: string): boolean {
  return table.columns.has(name) || indexColumns(table).includes(name)
}

function indexColumns({ declared }: EncryptedTable): string[] {
  return declared.columns.flatMap(({ index }) =>
    [index?.column, index?.rotateInto].filter((each) => each !== undefined),
  )
}

function refuseIndexColumns(table: EncryptedTable, names: readonly string[]): void {
  const filled = indexColumns(table)
  const given = names.find((name) => filled.includes(name))
  if (given !== undefined)
    throw new ColumnsError('not-translatable', {
      what: `a value for ${table.declared.name}.${given}, which is filled from the value it is an index of`,
    })
}
