import type { Bilingual } from '@hevd/core'
import type { ValueOf } from '../fact-type.ts'

/** What a field is called, and how its value reads: as it is, or as a moment (milliseconds since 1970). */
export type FieldWords = Bilingual & { readonly reads?: 'moment' }

/** Words of every field of every type of fact among these, by the type's name. */
export type WordsOf<Types extends { readonly name: string }> = {
  readonly [Type in Types as Type['name']]: { readonly [Field in keyof ValueOf<Type>]-?: FieldWords }
}
