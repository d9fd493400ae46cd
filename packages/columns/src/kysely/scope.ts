import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  type OperationNode,
  OperatorNode,
  ParensNode,
  ReferenceNode,
  TableNode,
  ValueNode,
} from 'kysely'
import type { Columns } from '../columns.ts'
import type { EncryptedTable } from '../table.ts'

/** A table as a query names it. */
export type Source = { readonly alias: string; readonly table: EncryptedTable | undefined }

/** The tables that a query reads or writes. */
export type Scope = readonly Source[]

export type Found = { readonly source: Source; readonly table: EncryptedTable; readonly column: string }

/** The source that a node of `from`, `join`, `into` or `update` names. */
export function sourceOf(columns: Columns, node: OperationNode): Source {
  if (AliasNode.is(node)) {
    const alias = IdentifierNode.is(node.alias) ? node.alias.name : ''
    return { alias, table: TableNode.is(node.node) ? declaredTable(columns, node.node) : undefined }
  }
  if (TableNode.is(node)) return { alias: node.table.identifier.name, table: declaredTable(columns, node) }
  return { alias: '', table: undefined }
}

function declaredTable(columns: Columns, node: TableNode): EncryptedTable | undefined {
  const { schema, identifier } = node.table
  const names = [
    ...(schema === undefined ? [identifier.name] : [`${schema.name}.${identifier.name}`]),
    ...(schema === undefined ? [`public.${identifier.name}`] : []),
    ...(schema?.name === 'public' ? [identifier.name] : []),
  ]
  const name = names.find((each) => Object.hasOwn(columns.tables, each))
  return name === undefined ? undefined : columns.table(name)
}

/** The column that a reference means, of whichever declared table; the innermost query's names go first. */
export function columnOf(
  scopes: readonly Scope[],
  node: OperationNode,
): { readonly source: Source; readonly name: string } | undefined {
  if (!ReferenceNode.is(node) && !ColumnNode.is(node)) return undefined
  const column = ReferenceNode.is(node) ? node.column : node
  if (!ColumnNode.is(column)) return undefined
  const name = column.column.name
  const alias = ReferenceNode.is(node) ? node.table?.table.identifier.name : undefined
  for (const scope of scopes.toReversed()) {
    const source = scope.find((each) => (alias === undefined ? knows(each, name) : each.alias === alias))
    if (source !== undefined) return { source, name }
  }
  return undefined
}

/** A name without a table: taken for that of a declared table that has such a column. */
function knows({ table }: Source, name: string): boolean {
  return (
    table?.columns.has(name) === true ||
    table?.declared.id.includes(name) === true ||
    table?.declared.tenant === name
  )
}

/** The encrypted column that a reference means, if it means one. */
export function encryptedOf(scopes: readonly Scope[], node: OperationNode): Found | undefined {
  const found = columnOf(scopes, node)
  if (found?.source.table?.columns.has(found.name) !== true) return undefined
  return { source: found.source, table: found.source.table, column: found.name }
}

/** The value that a condition demands of a column, by `=` and in conjunction with all else; undefined if it does not. */
export function pinned(
  scope: Scope,
  where: OperationNode | undefined,
  source: Source,
  column: string,
): unknown {
  if (where === undefined) return undefined
  if (ParensNode.is(where)) return pinned(scope, where.node, source, column)
  if (AndNode.is(where))
    return pinned(scope, where.left, source, column) ?? pinned(scope, where.right, source, column)
  if (!BinaryOperationNode.is(where) || !OperatorNode.is(where.operator) || where.operator.operator !== '=')
    return undefined
  const found = columnOf([scope], where.leftOperand)
  const same = found?.source === source && found.name === column
  return same && ValueNode.is(where.rightOperand) ? where.rightOperand.value : undefined
}
