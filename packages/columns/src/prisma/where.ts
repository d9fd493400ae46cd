import { type Encrypted, type Model, type Models, otherModel } from './models.ts'
import {
  each,
  given,
  isAbsent,
  isPlain,
  isReference,
  list,
  notSearchable,
  notTranslatable,
  type Plain,
} from './shapes.ts'

type Scope = {
  /** What conditions further out demand of the tenant. */
  readonly tenant: unknown
  /** Within a negation, where a row whose index is empty would be left out. */
  readonly negated: boolean
}
const OUTERMOST: Scope = { tenant: undefined, negated: false }
const COMBINING = ['AND', 'OR', 'NOT']
const RELATION = ['some', 'every', 'none', 'is', 'isNot']

/** `where` with equality over encrypted fields as equality over their indexes; anything else of them is refused. */
export function translateWhere(
  models: Models,
  model: Model,
  where: unknown,
  scope: Scope = OUTERMOST,
): unknown {
  if (!isPlain(where)) return where
  const { encrypted } = model
  const own = { ...scope, tenant: scope.tenant ?? pinned(model, where, encrypted?.tenant) }
  const translated: Record<string, unknown> = {}
  const conditions: unknown[] = []
  for (const [key, value] of Object.entries(where)) {
    const relation = model.fields.get(key)?.relation
    if (isAbsent(value)) translated[key] = value
    else if (COMBINING.includes(key))
      translated[key] = each(value, (one) =>
        translateWhere(models, model, one, { ...own, negated: own.negated || key === 'NOT' }),
      )
    else if (encrypted?.sealed.has(key) === true)
      conditions.push(...conditionsOn(model, encrypted, key, value, own))
    else if (relation !== undefined)
      translated[key] = translateRelation(models, otherModel(models, relation), value, own.negated)
    else {
      refuseReferences(models, `${model.name}.${key}`, value)
      const inKey = isPlain(value)
        ? Object.keys(value).find((part) => encrypted?.sealed.has(part))
        : undefined
      if (!model.fields.has(key) && inKey !== undefined)
        throw notSearchable(`${model.name}.${inKey}`, `the compound key “${key}”`)
      translated[key] = value
    }
  }
  return conditions.length === 0
    ? translated
    : { ...translated, AND: [...list(translated.AND), ...conditions] }
}

/** The same where Prisma wants one row, and so a unique field of it. */
export function translateUnique(models: Models, model: Model, where: unknown): unknown {
  if (isPlain(where)) {
    const keys = given(where)
    const [sealed] = keys.filter((key) => model.encrypted?.sealed.has(key))
    if (sealed !== undefined && keys.every((key) => model.encrypted?.sealed.has(key)))
      throw notTranslatable(
        `a unique search by ${model.name}.${sealed} alone, which has several index terms while its key is rotated; use findFirst, or name the row by its id`,
      )
  }
  return translateWhere(models, model, where)
}

/** The value that `where` demands of a field, by equality and in conjunction with all else; undefined if it does not. */
export function pinned(model: Model, where: unknown, field: string | undefined): unknown {
  if (field === undefined || !isPlain(where)) return undefined
  const value = where[field]
  if (isPlain(value)) {
    if (!isAbsent(value.equals) && isAbsent(value.mode)) return value.equals
  } else if (!isAbsent(value)) return value
  for (const [key, part] of Object.entries(where)) {
    const compound = !model.fields.has(key) && !COMBINING.includes(key) && isPlain(part)
    const found = compound
      ? part[field]
      : key === 'AND'
        ? list(part)
            .map((one) => pinned(model, one, field))
            .find((one) => one !== undefined)
        : undefined
    if (!isAbsent(found)) return found
  }
  return undefined
}

function translateRelation(models: Models, other: Model, value: unknown, negated: boolean): unknown {
  if (!isPlain(value)) return value
  const operators = given(value).filter((key) => RELATION.includes(key))
  const unclear = operators.find((key) => other.fields.has(key))
  if (unclear !== undefined)
    throw notTranslatable(
      `“${unclear}” may be the field of ${other.name} or Prisma's filter; rename the field`,
    )
  if (operators.length === 0) return translateWhere(models, other, value, { tenant: undefined, negated })
  return Object.fromEntries(
    Object.entries(value).map(([key, where]) => [
      key,
      translateWhere(models, other, where, {
        tenant: undefined,
        negated: negated || key === 'every' || key === 'isNot',
      }),
    ]),
  )
}

/** A value, null, or an object of `equals`, `in` and `not: null`. */
function conditionsOn(
  model: Model,
  encrypted: Encrypted,
  field: string,
  value: unknown,
  scope: Scope,
): Plain[] {
  const name = `${model.name}.${field}`
  if (value === null) return [{ [field]: null }]
  if (!isPlain(value)) return [search(encrypted, name, field, [value], scope)]
  return given(value).map((operator) => {
    const operand = value[operator]
    if (operand === null && (operator === 'equals' || operator === 'not'))
      return { [field]: { [operator]: null } }
    if (operator === 'equals') return search(encrypted, name, field, [operand], scope)
    if (operator === 'in' && Array.isArray(operand)) return search(encrypted, name, field, operand, scope)
    throw notSearchable(name, `“${operator}”`)
  })
}

/** `email in (…)` as `emailIndex in (…)`, and in a migrating column also the plain text. */
function search(
  { table, columnOf, fieldOf }: Encrypted,
  name: string,
  field: string,
  values: readonly unknown[],
  { tenant, negated }: Scope,
): Plain {
  if (negated) throw notSearchable(name, 'a negation (NOT, every, isNot)')
  if (values.some(isReference)) throw notSearchable(name, 'a comparison with another field')
  const searches = values.map((value) => table.find(columnOf(field), value as never, tenant))
  const [first] = searches
  if (first === undefined) return { [field]: { in: [] } }
  const indexed = { [fieldOf(first.column)]: { in: searches.flatMap(({ terms }) => terms) } }
  const plain = searches.flatMap((each) => (each.plain === null ? [] : [each.plain.value]))
  return plain.length === 0 ? indexed : { OR: [indexed, { [field]: { in: plain } }] }
}

/** Refuses a comparison with an encrypted field (`prisma.customer.fields.email`) at any depth of a condition. */
export function refuseReferences(models: Models, field: string, value: unknown): void {
  if (isPlain(value) || Array.isArray(value))
    for (const part of Object.values(value)) refuseReferences(models, field, part)
  else if (isReference(value) && models.get(value.modelName)?.encrypted?.sealed.has(value.name) === true)
    throw notSearchable(`${value.modelName}.${value.name}`, `a comparison with ${field}`)
}
