import { PageTabs, places, useMayChange, useWords, words } from '@hevd/ui'

const text = words({
  label: { nb: 'Datalokasjon', en: 'Residency' },
  overview: { nb: 'Oversikt', en: 'Overview' },
  stores: { nb: 'Datalagre', en: 'Data stores' },
  customers: { nb: 'Kunder', en: 'Customers' },
  subprocessors: { nb: 'Underdatabehandlere', en: 'Subprocessors' },
  hosts: { nb: 'Maskiner', en: 'Hosts' },
  tokens: { nb: 'Applikasjoner', en: 'Applications' },
})

/** The pages that belong together. */
export function ResidencyTabs() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const tabs = [
    { to: places.residency, label: said.overview },
    { to: places.dataStores, label: said.stores },
    { to: places.customers, label: said.customers },
    { to: places.subprocessors, label: said.subprocessors },
    { to: places.hostPlaces, label: said.hosts },
    ...(mayChange ? [{ to: places.residencyTokens, label: said.tokens }] : []),
  ]
  return <PageTabs label={said.label} tabs={tabs} />
}
