import { PageTabs, places, useWords, words } from '@hevd/ui'

const text = words({
  label: { nb: 'Hvelvet', en: 'The vault' },
  keys: { nb: 'Nøkler', en: 'Keys' },
  grants: { nb: 'Tildelinger', en: 'Grants' },
  tokens: { nb: 'Tokener', en: 'Tokens' },
  root: { nb: 'Rotnøkkelen', en: 'Root key' },
  stores: { nb: 'Andre steder', en: 'Elsewhere' },
})

/** The pages that belong together. */
export function KeysTabs() {
  const said = useWords(text)
  const tabs = [
    { to: places.keys, label: said.keys },
    { to: places.keyGrants, label: said.grants },
    { to: places.keyTokens, label: said.tokens },
    { to: places.rootKey, label: said.root },
    { to: places.keyStores, label: said.stores },
  ]
  return <PageTabs label={said.label} tabs={tabs} />
}
