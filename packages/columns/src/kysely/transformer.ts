import {
  BinaryOperationNode,
  ColumnNode,
  type ColumnUpdateNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type JoinNode,
  type MergeQueryNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  OrNode,
  ParensNode,
  PrimitiveValueListNode,
  ReferenceNode,
  type ReturningNode,
  type SelectionNode,
  type SelectQueryNode,
  TableNode,
  type UpdateQueryNode,
  ValueListNode,
  ValueNode,
} from 'kysely'
import type { Search } from '../column.ts'
import type { Columns } from '../columns.ts'
import { ColumnsError } from '../errors.ts'
import type { EncryptedTable } from '../table.ts'
import { type Output, outputsOf, requireClear } from './outputs.ts'
import { columnOf, encryptedOf, type Found, pinned, type Scope, type Source, sourceOf } from './scope.ts'
import { sealInsert, sealUpdates } from './writes.ts'

type Frame = { readonly scope: Scope; readonly where: OperationNode | undefined }

/**
 * One query on its way to the database. What is known to be safe is translated: values written, equality over an
 * index, `is null`, and columns that are selected with their row's id. A reference to an encrypted column anywhere
 * else ends up in `transformReference`, which refuses.
 */
export class ColumnsTransformer extends OperationNodeTransformer {
  readonly #columns: Columns
  readonly #frames: Frame[] = []
  /** What the result holds of encrypted columns. */
  outputs: readonly Output[] = []

  constructor(columns: Columns) {
    super()
    this.#columns = columns
  }

  get #scopes(): readonly Scope[] {
    return this.#frames.map(({ scope }) => scope)
  }

  #within<T>(scope: Scope, where: OperationNode | undefined, run: () => T): T {
    this.#frames.push({ scope, where })
    try {
      return run()
    } finally {
      this.#frames.pop()
    }
  }

  #sources(nodes: readonly (OperationNode | undefined)[], joins: readonly JoinNode[] = []): Scope {
    const named = nodes.filter((node) => node !== undefined)
    return [...named, ...joins.map(({ table }) => table)].map((node) => sourceOf(this.#columns, node))
  }

  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    const scope = this.#sources(node.from?.froms ?? [], node.joins)
    return this.#within(scope, node.where?.where, () => {
      const { selections, ...others } = node
      const selected = this.#select(selections ?? [], this.nodeStack.length === 1)
      if (this.outputs.length > 0 && this.nodeStack.length === 1 && node.setOperations !== undefined)
        throw new ColumnsError('not-translatable', {
          what: 'encrypted columns in a union; read them in two queries',
        })
      const transformed = super.transformSelectQuery(others)
      return selections === undefined ? transformed : { ...transformed, selections: selected }
    })
  }

  protected override transformReturning(node: ReturningNode): ReturningNode {
    return { ...node, selections: this.#select(node.selections, this.nodeStack.length === 2) }
  }

  /** Columns stay as they are and are opened in the result, which only the outermost query has. */
  #select(selections: readonly SelectionNode[], outermost: boolean): readonly SelectionNode[] {
    const { outputs, rest } = outputsOf(this.#scopes, selections)
    if (!outermost && outputs.some(({ named }) => named))
      throw new ColumnsError('not-translatable', {
        what: 'an encrypted column is selected in a subquery or a common table expression; select it in the outermost query',
      })
    if (outermost) this.#expect(outputs, selections)
    const others = new Map(rest.map(({ at, node }) => [at, this.transformNode(node)]))
    return selections.map((each, at) => others.get(at) ?? each)
  }

  #expect(outputs: readonly Output[], selections: readonly SelectionNode[]): void {
    requireClear(outputs, this.#scopes, selections)
    this.outputs = outputs
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const source = node.into === undefined ? undefined : sourceOf(this.#columns, node.into)
    const table = source?.table
    if (source === undefined || table === undefined)
      return this.#within([], undefined, () => super.transformInsertQuery(node))
    const scope = [source, { alias: 'excluded', table }]
    const updated = (node.onConflict?.updates ?? []).map((each) => this.#updatedColumn([source], each))
    const bound = updated.find((column) => isBound(table, column))
    if (bound !== undefined)
      throw new ColumnsError('not-translatable', {
        what: `"on conflict do update" of ${table.declared.name}.${bound}: the row in conflict may have another id than the one the value was sealed for`,
      })
    return this.#within(scope, undefined, () =>
      super.transformInsertQuery(sealInsert(table, node, this.nodeStack.length > 1)),
    )
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    const scope = this.#sources([node.table, ...(node.from?.froms ?? [])], node.joins)
    const [source] = scope
    const { where } = node.where ?? {}
    return this.#within(scope, where, () => {
      if (source?.table === undefined) return super.transformUpdateQuery(node)
      const columns = (node.updates ?? []).map((each) => this.#updatedColumn(scope, each))
      const pin = (column: string) => pinned(scope, where, source, column)
      const updates = sealUpdates(source.table, columns, node.updates ?? [], pin, this.nodeStack.length > 1)
      return super.transformUpdateQuery({ ...node, updates })
    })
  }

  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    const scope = this.#sources([...node.from.froms, ...(node.using?.tables ?? [])], node.joins)
    return this.#within(scope, node.where?.where, () => super.transformDeleteQuery(node))
  }

  protected override transformMergeQuery(node: MergeQueryNode): MergeQueryNode {
    if (sourceOf(this.#columns, node.into).table !== undefined)
      throw new ColumnsError('not-translatable', { what: 'a merge into a table with encrypted columns' })
    return super.transformMergeQuery(node)
  }

  protected override transformBinaryOperation(node: BinaryOperationNode): BinaryOperationNode {
    const found = encryptedOf(this.#scopes, node.leftOperand)
    const operator = OperatorNode.is(node.operator) ? node.operator.operator : undefined
    if (found === undefined || operator === undefined) return super.transformBinaryOperation(node)
    const values = literals(node.rightOperand)
    if ((operator === 'is' || operator === 'is not') && values?.[0] === null) return node
    if (values === undefined || (operator !== '=' && operator !== 'in'))
      throw new ColumnsError('not-searchable', {
        column: `${found.table.declared.name}.${found.column}`,
        how: `“${operator}”`,
      })
    return this.#search(found, values)
  }

  /** `email in (…)` as `email_index in (…)`, and in a migrating column also the plain text. */
  #search({ source, table, column }: Found, values: readonly unknown[]): BinaryOperationNode {
    const tenant = this.#tenant(source, table)
    const searches = values.map((value) => table.find(column, value as never, tenant))
    const [first] = searches
    if (first === undefined) return compare(source, column, [])
    const indexed = compare(
      source,
      first.column,
      searches.flatMap(({ terms }) => terms),
    )
    const plain = searches.flatMap(({ plain: each }: Search) => (each === null ? [] : [each.value]))
    if (plain.length === 0) return indexed
    // The transformer's signature knows of no other kind of node in a condition's place; the compiler takes any.
    const either: OperationNode = ParensNode.create(OrNode.create(indexed, compare(source, column, plain)))
    return either as BinaryOperationNode
  }

  #tenant(source: Source, table: EncryptedTable): unknown {
    const { tenant } = table.declared
    if (tenant === undefined) return undefined
    const frame = this.#frames.findLast(({ scope }) => scope.includes(source))
    return pinned(frame?.scope ?? [], frame?.where, source, tenant)
  }

  #updatedColumn(scope: Scope, { column }: ColumnUpdateNode): string {
    const name = columnOf([scope], column)?.name
    if (name !== undefined) return name
    const inner = ReferenceNode.is(column) ? column.column : column
    return ColumnNode.is(inner) ? inner.column.name : ''
  }

  protected override transformReference(node: ReferenceNode): ReferenceNode {
    const found = encryptedOf(this.#scopes, node)
    if (found !== undefined)
      throw new ColumnsError('not-searchable', {
        column: `${found.table.declared.name}.${found.column}`,
        how: 'ordering, grouping, an expression or a comparison with another column',
      })
    return super.transformReference(node)
  }
}

/** The id, the tenant, encrypted columns and those of their indexes. */
function isBound(table: EncryptedTable, column: string): boolean {
  const { id, tenant, columns } = table.declared
  return (
    id.includes(column) ||
    tenant === column ||
    columns.some(({ name, index }) => [name, index?.column, index?.rotateInto].includes(column))
  )
}

function compare(source: Source, column: string, values: readonly unknown[]): BinaryOperationNode {
  return BinaryOperationNode.create(
    ReferenceNode.create(ColumnNode.create(column), TableNode.create(source.alias)),
    OperatorNode.create('in'),
    PrimitiveValueListNode.create(values),
  )
}

function literals(node: OperationNode): readonly unknown[] | undefined {
  if (ValueNode.is(node)) return [node.value]
  if (PrimitiveValueListNode.is(node)) return node.values
  if (!ValueListNode.is(node) || !node.values.every((each) => ValueNode.is(each))) return undefined
  return node.values.map((each) => each.value)
}
