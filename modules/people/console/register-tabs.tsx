import { PageTabs, places, useWords, words } from '@hevd/ui'

const text = words({
  label: { nb: 'Registre', en: 'Registers' },
  people: { nb: 'Personer', en: 'People' },
  services: { nb: 'Tjenester', en: 'Services' },
  owners: { nb: 'Kontoer', en: 'Accounts' },
})

/** The three registers that belong together. */
export function RegisterTabs() {
  const said = useWords(text)
  const tabs = [
    { to: places.people, label: said.people },
    { to: places.services, label: said.services },
    { to: places.accountOwners, label: said.owners },
  ]
  return <PageTabs label={said.label} tabs={tabs} />
}
