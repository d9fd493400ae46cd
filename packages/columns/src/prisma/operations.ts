import { type Model, type Models, otherModel } from './models.ts'
import { refuseNamed, refuseOrder } from './order.ts'
import { requireIdentity } from './results.ts'
import { each, isPlain, notTranslatable, type Plain } from './shapes.ts'
import { refuseReferences, translateUnique, translateWhere } from './where.ts'
import { sealCreate, sealUpdate } from './writes.ts'

type Operation = {
  /** `where` names one row by a unique field. */
  readonly unique?: true
  /** What `data` is. */
  readonly data?: 'create' | 'update'
  readonly gives: 'rows' | 'numbers'
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['findUnique', { unique: true, gives: 'rows' }],
  ['findUniqueOrThrow', { unique: true, gives: 'rows' }],
  ['findFirst', { gives: 'rows' }],
  ['findFirstOrThrow', { gives: 'rows' }],
  ['findMany', { gives: 'rows' }],
  ['create', { data: 'create', gives: 'rows' }],
  ['createMany', { data: 'create', gives: 'numbers' }],
  ['createManyAndReturn', { data: 'create', gives: 'rows' }],
  ['update', { unique: true, data: 'update', gives: 'rows' }],
  ['updateMany', { data: 'update', gives: 'numbers' }],
  ['updateManyAndReturn', { data: 'update', gives: 'rows' }],
  ['upsert', { unique: true, gives: 'rows' }],
  ['delete', { unique: true, gives: 'rows' }],
  ['deleteMany', { gives: 'numbers' }],
  ['count', { gives: 'numbers' }],
  ['aggregate', { gives: 'numbers' }],
  ['groupBy', { gives: 'numbers' }],
])

/** Arguments that name no field, or fields that are let through. */
const PASSING = ['take', 'skip', 'limit', 'skipDuplicates', 'omit', 'relationLoadStrategy']

/** Whether the result is rows of the model, or numbers (and, of `groupBy`, plain fields). */
export function givesRows(operation: string): boolean {
  return OPERATIONS.get(operation)?.gives === 'rows'
}

/** The arguments of an operation on a model as they are sent. What cannot be translated safely is refused. */
export function translateOperation(models: Models, model: Model, name: string, args: unknown): unknown {
  const operation = OPERATIONS.get(name)
  if (operation === undefined)
    throw notTranslatable(`${model.name}.${name}, which this adapter does not know`)
  if (!isPlain(args)) return args
  if (operation.gives === 'rows') requireIdentity(model, args)
  const translate = (key: string) => translateArgument(models, model, name, operation, key, args)
  return Object.fromEntries(Object.keys(args).map((key) => [key, translate(key)]))
}

function translateArgument(
  models: Models,
  model: Model,
  name: string,
  { unique, data, gives }: Operation,
  key: string,
  args: Plain,
): unknown {
  const value = args[key]
  switch (key) {
    case 'where':
      return unique === true ? translateUnique(models, model, value) : translateWhere(models, model, value)
    case 'data':
      return each(value, (one) =>
        data === 'update' ? sealUpdate(models, model, one, args.where) : sealCreate(models, model, one),
      )
    case 'create':
      return sealCreate(models, model, value)
    case 'update':
      return sealUpdate(models, model, value, args.where)
    case 'cursor':
      if (isPlain(value)) refuseNamed(model, Object.keys(value), '“cursor”')
      return translateUnique(models, model, value)
    case 'orderBy':
    case 'having':
      refuseOrder(models, model, value, `“${key}”`)
      refuseReferences(models, `${model.name} in “${key}”`, value)
      return value
    case 'distinct':
    case 'by':
      refuseNamed(model, value, `“${key}”`)
      return value
    case 'select':
    case 'include':
      if (gives === 'rows') return translateSelection(models, model, value)
  }
  if (key === 'select' || /^_(count|sum|avg|min|max)$/.test(key))
    refuseNamed(model, isPlain(value) ? Object.keys(value) : [], `“${name}”`)
  else if (model.encrypted !== undefined && !PASSING.includes(key))
    throw notTranslatable(`the argument “${key}” of ${model.name}.${name}, which this adapter does not know`)
  return value
}

/** Relations that are read along with a row, as queries of their own; throws what those throw. */
function translateSelection(models: Models, model: Model, selection: unknown): unknown {
  if (!isPlain(selection)) return selection
  const translate = (key: string, value: unknown) => {
    const relation = model.fields.get(key)?.relation
    if (key === '_count') return translateCounts(models, model, value)
    if (relation === undefined || (value !== true && !isPlain(value))) return value
    const translated = translateOperation(
      models,
      otherModel(models, relation),
      'findMany',
      value === true ? {} : value,
    )
    return value === true ? true : translated
  }
  return Object.fromEntries(Object.entries(selection).map(([key, value]) => [key, translate(key, value)]))
}

/** `{ select: { orders: { where } } }` */
function translateCounts(models: Models, model: Model, counts: unknown): unknown {
  if (!isPlain(counts) || !isPlain(counts.select)) return counts
  const select = Object.entries(counts.select).map(([key, value]) => {
    const relation = model.fields.get(key)?.relation
    if (relation === undefined || !isPlain(value)) return [key, value]
    return [key, { ...value, where: translateWhere(models, otherModel(models, relation), value.where) }]
  })
  return { ...counts, select: Object.fromEntries(select) }
}
