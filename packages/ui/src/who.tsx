import { useWords } from './locale.tsx'
import { useReader } from './reader.tsx'
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
 * Who did something. Records carry the id of an account; where the server sent its `name` along, that is shown, else it
 * is looked up. What is no such id, such as a person's name or `hevd`, stands as it is.
 */
export function Who({ id, name: sent = null }: { readonly id: string; readonly name?: string | null }) {
  const said = useWords(text)
  const reader = useReader()
  const mustLookUp = uuid.test(id) && sent === null && reader?.id !== id
  const period = reader?.period ?? null
  const path = period === null ? '/api/names' : `/api/periods/${period}/names`
  const names = useResource<readonly Named[]>(mustLookUp ? path : null)
  if (id === 'first-start') return <>{said.firstStart}</>
  if (id === 'catalogue') return <>{said.catalogue}</>
  if (sent !== null) return <>{sent}</>
  if (reader?.id === id) return <>{reader.name}</>
  if (!mustLookUp) return <>{id}</>
  const name = names.data?.find((account) => account.id === id)?.name
  return <>{name ?? said.somebody}</>
}
