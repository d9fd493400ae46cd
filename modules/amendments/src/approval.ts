import type { Actor } from './deps.ts'
import { AmendmentError } from './errors.ts'
import type { Draft } from './store.ts'

/**
 * Whether somebody may approve a draft: an administrator who has not written in it, or the only one there is. One that
 * nobody has written in (a newer catalogue's) is the proposal of whoever submits it. `single`: approved by the one whose
 * it is, which is shown for ever.
 */
export function approval(
  { editors, submitted_by }: Pick<Draft, 'editors' | 'submitted_by'>,
  by: Actor,
  administrators: readonly string[],
): { readonly single: boolean } | AmendmentError {
  if (!by.administrator || !administrators.includes(by.id)) return new AmendmentError('not-administrator')
  const isOwn = editors.length === 0 ? submitted_by === by.id : editors.includes(by.id)
  if (!isOwn) return { single: false }
  return administrators.length === 1 ? { single: true } : new AmendmentError('own-amendment')
}
