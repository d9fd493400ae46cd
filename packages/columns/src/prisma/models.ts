import type { Columns } from '../columns.ts'
import type { Column } from '../declare.ts'
import { ColumnsError } from '../errors.ts'
import type { EncryptedTable } from '../table.ts'
import { type ModelText, readModelText } from './schema-text.ts'
import { isPlain, type Plain } from './shapes.ts'

export type Relation = {
  /** The model at its other end. */
  readonly model: string
  /** Shared by the fields at both ends. */
  readonly name: string
  /** The fields of its own model that hold the key; empty if they are at the other end. */
  readonly key: readonly string[]
}

export type Field = {
  readonly name: string
  readonly column: string
  readonly type: string
  readonly relation: Relation | undefined
}

/** The part of a model that is encrypted, in names of fields. */
export type Encrypted = {
  readonly table: EncryptedTable
  /** Fields of encrypted columns. */
  readonly sealed: ReadonlySet<string>
  /** Fields of their indexes. */
  readonly indexes: ReadonlySet<string>
  /** The id and the tenant, to which values are bound. */
  readonly identity: readonly string[]
  readonly tenant: string | undefined
  readonly columnOf: (field: string) => string
  readonly fieldOf: (column: string) => string
}

export type Model = {
  readonly name: string
  readonly fields: ReadonlyMap<string, Field>
  readonly encrypted: Encrypted | undefined
  /** Fields that the client leaves out everywhere (`omit` of its constructor). */
  readonly omitted: Plain
}

export type Models = ReadonlyMap<string, Model>

/**
 * The models of a Prisma client with what is encrypted of them, found by the names that table and columns have in the
 * database (`@@map`, `@@schema`, `@map`). Throws `declaration-wrong` where a declared table or column is missing in the
 * schema or is of another type there: through a name that is written differently plain text would go in.
 */
export function readModels(client: object, columns: Columns): Models {
  const { models, schema, omit } = definitionOf(client)
  const tables = new Set(Object.keys(columns.tables))
  const read = new Map<string, Model>()
  for (const [name, model] of Object.entries(models)) {
    const text = readModelText(schema, name)
    if (!isPlain(model) || !Array.isArray(model.fields) || text === undefined) throw notUnderstood()
    const fields = new Map(
      model.fields.map((field) => readField(field, text)).map((field) => [field.name, field]),
    )
    const table = declaredTable(tables, text.schema, typeof model.dbName === 'string' ? model.dbName : name)
    if (table !== undefined) tables.delete(table)
    const omitted = omit[name.charAt(0).toLowerCase() + name.slice(1)]
    read.set(name, {
      name,
      fields,
      encrypted: table === undefined ? undefined : readEncrypted(name, fields, text, columns.table(table)),
      omitted: isPlain(omitted) ? omitted : {},
    })
  }
  const [missing] = tables
  if (missing !== undefined)
    throw new ColumnsError('declaration-wrong', {
      where: missing,
      what: 'no model of the Prisma schema is mapped to a table of this name; correct it, or open the columns for Prisma without the table',
    })
  return read
}

/** A Prisma client keeps its schema under these names; that it does is not documented, hence the check. */
function definitionOf(client: object): {
  readonly models: Plain
  readonly schema: string
  readonly omit: Plain
} {
  const data: unknown = Reflect.get(client, '_runtimeDataModel')
  const config: unknown = Reflect.get(client, '_engineConfig')
  const omit: unknown = Reflect.get(client, '_globalOmit')
  const models = isPlain(data) ? data.models : undefined
  const schema = isPlain(config) ? config.inlineSchema : undefined
  if (!isPlain(models) || typeof schema !== 'string') throw notUnderstood()
  return { models, schema, omit: isPlain(omit) ? omit : {} }
}

function notUnderstood(): ColumnsError {
  return new ColumnsError('declaration-wrong', {
    where: 'the Prisma client',
    what: 'it does not tell its schema the way known versions do; use one of the versions that the README names',
  })
}

function readField(field: unknown, { keys }: ModelText): Field {
  if (!isPlain(field) || typeof field.name !== 'string' || typeof field.type !== 'string')
    throw notUnderstood()
  const { name, type, kind, dbName, relationName } = field
  const relation =
    kind === 'object' ? { model: type, name: String(relationName), key: keys.get(name) ?? [] } : undefined
  return { name, type, column: typeof dbName === 'string' ? dbName : name, relation }
}

function declaredTable(
  tables: ReadonlySet<string>,
  schema: string | undefined,
  name: string,
): string | undefined {
  const names = schema === undefined || schema === 'public' ? [name, `public.${name}`] : [`${schema}.${name}`]
  return names.find((each) => tables.has(each))
}

function readEncrypted(
  model: string,
  fields: ReadonlyMap<string, Field>,
  { defaults }: ModelText,
  table: EncryptedTable,
): Encrypted {
  const { id, tenant, columns } = table.declared
  const scalars = [...fields.values()].filter(({ relation }) => relation === undefined)
  const byColumn = new Map(scalars.map((field) => [field.column, field]))

  function fieldOf(column: string, type?: string): string {
    const field = byColumn.get(column)
    const wrong =
      field === undefined
        ? `the model ${model} has no field for it`
        : type !== undefined && field.type !== type
          ? `${model}.${field.name} is ${field.type} in the Prisma schema; it must be ${type}, to hold what is stored`
          : type !== undefined && defaults.has(field.name)
            ? `${model}.${field.name} has a @default, which Prisma would write as plain text; take it out`
            : undefined
    if (field === undefined || wrong !== undefined)
      throw new ColumnsError('declaration-wrong', {
        where: `${table.declared.name}.${column}`,
        what: `${wrong}`,
      })
    return field.name
  }

  const sealed = columns.map(({ name, storage }) => fieldOf(name, storage === 'text' ? 'String' : 'Bytes'))
  return {
    table,
    sealed: new Set(sealed),
    indexes: new Set(columns.flatMap(indexColumns).map((column) => fieldOf(column, 'String'))),
    identity: [...id, ...(tenant === undefined ? [] : [tenant])].map((column) => fieldOf(column)),
    tenant: tenant === undefined ? undefined : fieldOf(tenant),
    columnOf: (field) => fields.get(field)?.column ?? field,
    fieldOf: (column) => fieldOf(column),
  }
}

function indexColumns({ index }: Column): string[] {
  return [index?.column, index?.rotateInto].filter((each) => each !== undefined)
}

/** The model at the other end of a relation. */
export function otherModel(models: Models, { model }: Relation): Model {
  const other = models.get(model)
  if (other === undefined) throw notUnderstood()
  return other
}
