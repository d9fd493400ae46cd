import { type Model, type Models, otherModel } from './models.ts'
import { isPlain, list, notSearchable } from './shapes.ts'

/** Refuses an encrypted field in a list of names. */
export function refuseNamed({ name, encrypted }: Model, names: unknown, how: string): void {
  const found = list(names).find((each) => encrypted?.sealed.has(String(each)))
  if (found !== undefined) throw notSearchable(`${name}.${found}`, how)
}

/**
 * Refuses an encrypted field among the keys of `orderBy` or `having`: of the model, within what is no field of it
 * (`_count`, `_relevance`, `AND`), and of the models that relations lead to.
 */
export function refuseOrder(models: Models, model: Model, order: unknown, how: string): void {
  for (const one of list(order).filter(isPlain))
    for (const [key, value] of Object.entries(one)) {
      refuseNamed(model, key, how)
      const field = model.fields.get(key)
      if (field?.relation !== undefined) refuseOrder(models, otherModel(models, field.relation), value, how)
      if (field !== undefined) continue
      if (isPlain(value)) refuseNamed(model, value.fields, how)
      refuseOrder(models, model, value, how)
    }
}
