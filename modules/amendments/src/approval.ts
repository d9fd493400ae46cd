import type { Actor } from './deps.ts'
import { AmendmentError } from './errors.ts'
import type { Draft } from './store.ts'

/**
 * Whether somebody may approve a draft: an administrator who has not written in it, or the only one there is.
 * `single`: approved by the one who wrote it, which is shown for ever.
 */
export function approval(
  { editors }: Pick<Draft, 'editors'>,
  by: Actor,
  administrators: readonly string[],
): { readonly single: boolean } | AmendmentError {
  if (!by.administrator || !administrators.includes(by.id)) return new AmendmentError('not-administrator')
  if (!editors.includes(by.id)) return { single: false }
  return administrators.length === 1 ? { single: true } : new AmendmentError('own-amendment')
}
