import { ColumnsError } from '../errors.ts'
import { type Encrypted, type Model, type Models, otherModel, type Relation } from './models.ts'
import { each, given, isAbsent, isPlain, isSymbolic, notTranslatable, type Plain } from './shapes.ts'
import { pinned, translateUnique, translateWhere } from './where.ts'

/** The data of a new row, sealed, with the columns of its indexes added; rows of relations within it too. */
export function sealCreate(models: Models, model: Model, data: unknown): unknown {
  if (isAbsent(data)) return data
  if (!isPlain(data)) throw notTranslatable(`data of ${model.name} that is no plain object`)
  const nested = translateRelations(models, model, data)
  const { encrypted } = model
  if (encrypted === undefined) return nested
  refuseIndexes(model, encrypted, data)
  if (!given(data).some((field) => encrypted.sealed.has(field))) return nested
  const row = (field: string) => data[field]
  return { ...nested, ...sealed(encrypted, row, row) }
}

/** Changes of a row, sealed. The row must be named by its id, and tenant, in `where`. */
export function sealUpdate(models: Models, model: Model, data: unknown, where: unknown): unknown {
  if (isAbsent(data)) return data
  if (!isPlain(data)) throw notTranslatable(`data of ${model.name} that is no plain object`)
  const nested = translateRelations(models, model, data)
  const { encrypted } = model
  if (encrypted === undefined) return nested
  refuseIndexes(model, encrypted, data)
  const moved = given(data).find(
    (field) => encrypted.identity.includes(field) || repoints(model, encrypted, field, data[field]),
  )
  if (moved !== undefined) throw rowMoved(`${model.name}.${moved}`)
  if (!given(data).some((field) => encrypted.sealed.has(field))) return nested
  return {
    ...nested,
    ...sealed(
      encrypted,
      (field) => newValue(model, encrypted, field, data[field]),
      (field) => pinned(model, where, field),
    ),
  }
}

/** The encrypted fields and those of their indexes, as they are stored. */
function sealed(
  { table, columnOf, fieldOf, sealed, indexes, identity }: Encrypted,
  contents: (field: string) => unknown,
  identityOf: (field: string) => unknown,
): Plain {
  const named = [
    ...[...sealed].map((field) => [columnOf(field), contents(field)] as const),
    ...identity.map((field) => [columnOf(field), identityOf(field)] as const),
  ].filter(([, value]) => !isAbsent(value))
  const symbol = named.find(([, value]) => isSymbolic(value))
  if (symbol !== undefined)
    throw new ColumnsError('value-unfit', { column: `${table.declared.name}.${symbol[0]}`, type: 'JSON' })
  const row = Object.fromEntries(named)
  const stored = Object.entries(table.seal(row)).map(([column, value]) => [fieldOf(column), value] as const)
  return Object.fromEntries(stored.filter(([field]) => sealed.has(field) || indexes.has(field)))
}

/** Prisma lets an update say `value` or `{ set: value }`. */
function newValue(model: Model, { table, columnOf }: Encrypted, field: string, value: unknown): unknown {
  if (!isPlain(value) || given(value).join() !== 'set') return value
  if (table.columns.get(columnOf(field))?.declared.type === 'json')
    throw notTranslatable(
      `{ set } of ${model.name}.${field} may be the value or Prisma's operation; give another value, or write it with another adapter`,
    )
  return value.set
}

function refuseIndexes(model: Model, { indexes }: Encrypted, data: Plain): void {
  const filled = given(data).find((field) => indexes.has(field))
  if (filled !== undefined)
    throw notTranslatable(
      `a value for ${model.name}.${filled}, which is filled from the value it is an index of`,
    )
}

function rowMoved(field: string) {
  return notTranslatable(
    `an update of ${field}, to which the encrypted values of the row are bound; insert the row anew, and delete the old one`,
  )
}

/** Whether a change of a relation gives the row another id or tenant, since those are the relation's key. */
function repoints(model: Model, { identity }: Encrypted, field: string, value: unknown): boolean {
  const key = model.fields.get(field)?.relation?.key ?? []
  return (
    key.some((part) => identity.includes(part)) &&
    isPlain(value) &&
    given(value).some((operation) => operation !== 'update')
  )
}

/** Writes within a write: what is done to rows of relations, by the fields of `data` that are relations. */
function translateRelations(models: Models, model: Model, data: Plain): Plain {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => {
      const relation = model.fields.get(field)?.relation
      return [
        field,
        relation === undefined || !isPlain(value)
          ? value
          : translateRelation(models, model, field, relation, value),
      ]
    }),
  )
}

/** Operations that make a row at the other end belong to this one, or no longer. */
const ATTACHING = ['connect', 'connectOrCreate', 'set', 'disconnect']

function translateRelation(
  models: Models,
  model: Model,
  field: string,
  relation: Relation,
  value: Plain,
): Plain {
  const other = otherModel(models, relation)
  const { encrypted } = other
  const attaching = given(value).find((operation) => ATTACHING.includes(operation))
  const moved = [...other.fields.values()].find(
    ({ name, relation: inverse }) =>
      inverse?.name === relation.name &&
      inverse.model === model.name &&
      !(other === model && name === field) &&
      inverse.key.some((part) => encrypted?.identity.includes(part)),
  )
  if (attaching !== undefined && moved !== undefined) throw rowMoved(`${other.name}.${moved.name}`)
  return Object.fromEntries(
    Object.entries(value).map(([operation, operand]) => [
      operation,
      isAbsent(operand)
        ? operand
        : each(operand, (one) =>
            translateNested(models, other, `${model.name}.${field}.${operation}`, operation, one),
          ),
    ]),
  )
}

function translateNested(
  models: Models,
  other: Model,
  path: string,
  operation: string,
  operand: unknown,
): unknown {
  const unique = (where: unknown) => translateUnique(models, other, where)
  const filter = (where: unknown) => translateWhere(models, other, where)
  const create = (data: unknown) => sealCreate(models, other, data)
  switch (operation) {
    case 'create':
      return create(operand)
    case 'connect':
    case 'set':
      return unique(operand)
    case 'disconnect':
    case 'delete':
    case 'deleteMany':
      return filter(operand)
  }
  if (!isPlain(operand)) return operand
  const { where, data } = operand
  const update = (changes: unknown) => sealUpdate(models, other, changes, where)
  switch (operation) {
    case 'createMany':
      return { ...operand, data: each(data, create) }
    case 'connectOrCreate':
      return { ...operand, where: unique(where), create: create(operand.create) }
    case 'updateMany':
      return { ...operand, where: filter(where), data: update(data) }
    case 'upsert':
      return {
        ...operand,
        ...(isAbsent(where) ? {} : { where: filter(where) }),
        create: create(operand.create),
        update: update(operand.update),
      }
    case 'update':
      if (!isWrapped(other, path, operand)) return sealUpdate(models, other, operand, undefined)
      return { ...operand, ...(isAbsent(where) ? {} : { where: filter(where) }), data: update(data) }
  }
  throw notTranslatable(
    `“${path}”, which this adapter does not know; write the rows of ${other.name} by themselves`,
  )
}

/** Of a relation to one row, `update` takes the changes or `{ where, data }`. */
function isWrapped(other: Model, path: string, operand: Plain): boolean {
  const keys = given(operand)
  if (!keys.includes('data') || keys.some((key) => key !== 'data' && key !== 'where')) return false
  const field = other.fields.get('data')
  const unclear = field !== undefined && (keys.length === 1 || other.fields.has('where'))
  if (unclear && (other.encrypted !== undefined || field.relation !== undefined))
    throw notTranslatable(
      `“${path}”: “data” may be the field of ${other.name} or Prisma's word for the changes; update the row by itself`,
    )
  return true
}
