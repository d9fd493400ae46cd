import { useWords } from './locale.tsx'
import { useMayChange, useReader } from './reader.tsx'
import { useResource } from './resource.ts'
import { words } from './words.ts'

const text = words({
  firstStart: { nb: 'ved første oppstart', en: 'at the first start' },
  catalogue: { nb: 'slik den følger med Hevd', en: 'as it comes with Hevd' },
  somebody: { nb: 'en bruker', en: 'an account' },
})

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

type Named = { readonly id: string; readonly name: string }

/**
 * Who did something. Records carry the id of an account; where the server sent its `name` along, that is shown. Else
 * administrators may look it up, and others read that it was an account. What is no such id, such as a person's name
 * or `hevd`, stands as it is.
 */
export function Who({ id, name: sent = null }: { readonly id: string; readonly name?: string | null }) {
  const said = useWords(text)
  const mayLookUp = useMayChange()
  const reader = useReader()
  const known = uuid.test(id)
  const accounts = useResource<readonly Named[]>(known && sent === null && mayLookUp ? '/api/accounts' : null)
  if (id === 'first-start') return <>{said.firstStart}</>
  if (id === 'catalogue') return <>{said.catalogue}</>
  if (sent !== null) return <>{sent}</>
  if (!known) return <>{id}</>
  if (reader?.id === id) return <>{reader.name}</>
  const name = accounts.data?.find((account) => account.id === id)?.name
  return <>{name ?? said.somebody}</>
}
