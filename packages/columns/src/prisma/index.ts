import type { Columns } from '../columns.ts'
import { withFreshKeys } from '../fresh-keys.ts'
import { type Model, type Models, otherModel, readModels } from './models.ts'
import { givesRows, translateOperation } from './operations.ts'
import { openResult } from './results.ts'
import { notTranslatable } from './shapes.ts'

/** What Prisma hands to a query extension (https://www.prisma.io/docs/orm/prisma-client/client-extensions/query). */
type Call = {
  readonly model: string
  readonly operation: string
  readonly args: unknown
  readonly query: (args: unknown) => Promise<unknown>
  readonly __internalParams?: unknown
}

/**
 * An extension for Prisma Client: `new PrismaClient({ adapter }).$extends(encryptedPrisma(columns))`. Values are sealed
 * on their way in and opened on their way out, in relations too; `where: { email: … }` searches the index. What it
 * cannot translate it refuses, before anything is sent. Raw queries pass by it: put the statements of
 * `guardStatements` into a migration. Apply it after other extensions of queries, so that they see plain values.
 * Throws `declaration-wrong` if the Prisma schema lacks what is declared.
 */
export function encryptedPrisma(columns: Columns): <C extends object>(client: C) => C {
  return <C extends object>(client: C): C => {
    const models = readModels(client, columns)
    const extend: unknown = Reflect.get(client, '$extends')
    if (typeof extend !== 'function') throw notTranslatable('an extension of what is no Prisma client')
    return extend.call(client, {
      name: '@hevd/columns',
      query: { $allModels: { $allOperations: (call: Call) => run(columns, models, call) } },
    })
  }
}

async function run(columns: Columns, models: Models, call: Call): Promise<unknown> {
  const model = models.get(call.model)
  if (model === undefined) throw notTranslatable(`a query of ${call.model}, which the schema does not have`)
  const read = resultModel(models, model, call.__internalParams)
  // A query of a batch transaction that is refused here is missing there, and Prisma then sends none of the batch.
  const result = await call.query(translateOperation(models, model, call.operation, call.args))
  return givesRows(call.operation) ? withFreshKeys(columns, () => openResult(models, read, result)) : result
}

/**
 * The model of the rows that come back: `prisma.order.findUnique(…).customer()` is a query of an order that gives a
 * customer. Only the path within the result tells, and Prisma hands that on in what it calls internal.
 */
function resultModel(models: Models, model: Model, internal: unknown): Model {
  if (
    typeof internal !== 'object' ||
    internal === null ||
    !('dataPath' in internal) ||
    !Array.isArray(internal.dataPath)
  )
    throw notTranslatable(
      'this version of Prisma does not tell which rows a query gives; use one that the README names',
    )
  return internal.dataPath
    .filter((_, at) => at % 2 === 1)
    .reduce((at: Model, field: unknown) => {
      const relation = at.fields.get(String(field))?.relation
      if (relation === undefined) throw notTranslatable(`“${field}” of ${at.name}, which is no relation`)
      return otherModel(models, relation)
    }, model)
}
