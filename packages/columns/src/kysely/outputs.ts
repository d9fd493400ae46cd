import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  type OperationNode,
  ReferenceNode,
  SelectAllNode,
  type SelectionNode,
} from 'kysely'
import { ColumnsError } from '../errors.ts'
import type { EncryptedTable } from '../table.ts'
import { columnOf, type Scope, type Source } from './scope.ts'

/** What a result holds of one table: which key of its rows is which column. */
export type Output = {
  readonly table: EncryptedTable
  readonly keys: ReadonlyMap<string, string>
  /** An encrypted column is selected by its name, not only as part of `*`. */
  readonly named: boolean
}

type Selected = {
  readonly outputs: readonly Output[]
  /** Selections that are more than a column or `*`, with their places. */
  readonly rest: readonly { readonly at: number; readonly node: SelectionNode }[]
}

/** What the selections of the innermost of these queries give. */
export function outputsOf(scopes: readonly Scope[], selections: readonly SelectionNode[]): Selected {
  const found = new Map<Source, { keys: Map<string, string>; named: boolean }>()
  const rest: { at: number; node: SelectionNode }[] = []
  const add = (source: Source, column: string, key: string, named: boolean) => {
    const one = found.get(source) ?? { keys: new Map(), named: false }
    one.keys.set(column, key)
    found.set(source, {
      keys: one.keys,
      named: one.named || (named && source.table?.columns.has(column) === true),
    })
  }
  selections.forEach((node, at) => {
    const { selection } = node
    const sources = allOf(scopes, selection)
    const column = columnOf(scopes, AliasNode.is(selection) ? selection.node : selection)
    if (sources !== undefined)
      for (const source of sources) for (const name of boundNames(source)) add(source, name, name, false)
    else if (column !== undefined) add(column.source, column.name, keyOf(selection) ?? column.name, true)
    else if (!isColumn(AliasNode.is(selection) ? selection.node : selection)) rest.push({ at, node })
  })
  const outputs = [...found].flatMap(([{ table }, { keys, named }]) =>
    table !== undefined && [...keys.keys()].some((name) => table.columns.has(name))
      ? [{ table, keys, named }]
      : [],
  )
  return { outputs, rest }
}

/**
 * Throws where a row of the result does not tell which row of which table its values are of: `row-id-needed`,
 * `not-translatable`.
 */
export function requireClear(
  outputs: readonly Output[],
  scopes: readonly Scope[],
  selections: readonly SelectionNode[],
): void {
  if (outputs.length === 0) return
  const every = selections.flatMap(({ selection }) => allOf(scopes, selection) ?? [])
  const explicit = selections.flatMap(({ selection }) => keyOf(selection) ?? [])
  for (const { table, keys } of outputs) {
    const { id, tenant, name } = table.declared
    const needed = [...id, ...(tenant === undefined ? [] : [tenant])]
    if (!needed.every((column) => keys.has(column)))
      throw new ColumnsError('row-id-needed', { table: name, id: needed.join(', ') })
    const names = [...keys.values()]
    const twice = names.find(
      (key) => explicit.filter((each) => each === key).length > (every.length > 0 ? 0 : 1),
    )
    const mixed = every.some((source) => source.table === table) && twice !== undefined
    if (every.length > 1 || mixed || (every.length === 0 && twice !== undefined))
      throw new ColumnsError('not-translatable', {
        what: `${twice === undefined ? '“*” of several tables' : `“${twice}”`} does not tell which of them a column is of; select the columns of ${name} by name, each under a name of its own`,
      })
  }
}

/** The sources that a `*` means, or undefined if it is none. */
function allOf(scopes: readonly Scope[], node: OperationNode): readonly Source[] | undefined {
  const scope = scopes.at(-1) ?? []
  if (SelectAllNode.is(node)) return scope.filter(({ alias }) => alias !== 'excluded')
  if (!ReferenceNode.is(node) || !SelectAllNode.is(node.column)) return undefined
  const alias = node.table?.table.identifier.name
  return scope.filter((source) => source.alias === alias)
}

function boundNames({ table }: Source): string[] {
  if (table === undefined) return []
  const { id, tenant } = table.declared
  return [...table.columns.keys(), ...id, ...(tenant === undefined ? [] : [tenant])]
}

function isColumn(node: OperationNode): boolean {
  return ColumnNode.is(node) || ReferenceNode.is(node)
}

/** The name under which a selection comes back, where it is written. */
function keyOf(node: OperationNode): string | undefined {
  if (AliasNode.is(node)) return IdentifierNode.is(node.alias) ? node.alias.name : undefined
  const column = ReferenceNode.is(node) ? node.column : node
  return ColumnNode.is(column) ? column.column.name : undefined
}
