import { useLocale } from './locale.tsx'
import { useMayChange, useReader } from './reader.tsx'
import { useResource } from './resource.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

type Named = { readonly id: string; readonly name: string }

/**
 * Who did something. Records carry the id of an account; administrators may look up its name, others read that it was
 * an account. What is no such id, such as a person's name or `hevd`, stands as it is.
 */
export function Who({ id }: { readonly id: string }) {
  const locale = useLocale()
  const mayLookUp = useMayChange()
  const reader = useReader()
  const known = uuid.test(id)
  const accounts = useResource<readonly Named[]>(known && mayLookUp ? '/api/accounts' : null)
  if (!known) return <>{id}</>
  if (reader?.id === id) return <>{reader.name}</>
  const name = accounts.data?.find((account) => account.id === id)?.name
  return <>{name ?? (locale === 'nb' ? 'en bruker' : 'an account')}</>
}
