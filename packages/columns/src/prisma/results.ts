import { ColumnsError } from '../errors.ts'
import { type Encrypted, type Model, type Models, otherModel } from './models.ts'
import { isPlain, type Plain } from './shapes.ts'

/** Throws `row-id-needed` where encrypted fields would come back without those that they are bound to. */
export function requireIdentity({ name, encrypted, omitted }: Model, { select, omit }: Plain): void {
  if (encrypted === undefined) return
  const left = { ...omitted, ...(isPlain(omit) ? omit : {}) }
  const comesBack = (field: string) => (isPlain(select) ? select[field] === true : left[field] !== true)
  if ([...encrypted.sealed].some(comesBack) && !encrypted.identity.every(comesBack))
    throw new ColumnsError('row-id-needed', { table: name, id: encrypted.identity.join(', ') })
}

/** A result with the encrypted fields of its rows, and of rows within rows, opened. */
export function openResult(models: Models, model: Model, result: unknown): unknown {
  if (Array.isArray(result)) return result.map((row) => openResult(models, model, row))
  if (!isPlain(result)) return result
  const opened: Record<string, unknown> = { ...result }
  for (const [field, value] of Object.entries(result)) {
    const relation = model.fields.get(field)?.relation
    if (relation !== undefined) opened[field] = openResult(models, otherModel(models, relation), value)
  }
  return model.encrypted === undefined ? opened : { ...opened, ...openFields(model.encrypted, result) }
}

function openFields({ table, sealed, identity, columnOf }: Encrypted, row: Plain): Plain {
  const own = [...sealed, ...identity].filter((field) => Object.hasOwn(row, field))
  const values = table.open(Object.fromEntries(own.map((field) => [columnOf(field), row[field]])))
  return Object.fromEntries(
    own.filter((field) => sealed.has(field)).map((field) => [field, values[columnOf(field)]]),
  )
}
