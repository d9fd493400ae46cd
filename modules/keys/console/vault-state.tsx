import type { RootKey } from '@hevd/keys/contract'
import { ButtonLink, places, type Resource, useRead, useResource, useWords, words } from '@hevd/ui'

const text = words({
  uninitialised: { nb: 'Hvelvet er ikke tatt i bruk', en: 'The vault is not in use yet' },
  uninitialisedWhy: {
    nb: 'Nøkler krypteres under en rotnøkkel, og den må lages først.',
    en: 'Keys are encrypted under a root key, which must be made first.',
  },
  sealed: { nb: 'Hvelvet er forseglet', en: 'The vault is sealed' },
  sealedWhy: {
    nb: 'Ingen nøkler kan brukes før det åpnes. Ingenting er tapt, og alt kan leses her imens.',
    en: 'No key can be used until it is opened. Nothing is lost, and everything can be read here meanwhile.',
  },
  begin: { nb: 'Ta det i bruk', en: 'Set it up' },
  open: { nb: 'Åpne hvelvet', en: 'Open the vault' },
})

export function useRootKey(every = 15_000): Resource<RootKey> {
  return useResource<RootKey>('/api/root-key', every)
}

/** What stands in the way of using any key, above a page of keys; nothing where nothing does. */
export function VaultState() {
  const said = useWords(text)
  const read = useRead()
  const root = useRootKey().data
  if (root === undefined || root.state === 'unsealed') return null
  const sealed = root.state === 'sealed'
  return (
    <div
      role="status"
      className="mb-8 flex flex-wrap items-center justify-between gap-x-8 gap-y-3 border-unknown border-l-2 bg-unknown-wash px-4 py-3"
    >
      <div className="max-w-measure">
        <p className="font-medium">{sealed ? said.sealed : said.uninitialised}</p>
        <p className="text-ink-2">{sealed ? said.sealedWhy : said.uninitialisedWhy}</p>
        {root.why !== null && <p className="text-ink-2">{read(root.why)}</p>}
      </div>
      <ButtonLink to={places.rootKey}>{sealed ? said.open : said.begin}</ButtonLink>
    </div>
  )
}
