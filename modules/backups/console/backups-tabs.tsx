import { PageTabs, places, useWords, words } from '@hevd/ui'

const text = words({
  label: { nb: 'Sikkerhetskopier', en: 'Backups' },
  sources: { nb: 'Kilder', en: 'Sources' },
  readers: { nb: 'Hvem kan lese', en: 'Who can read' },
})

/** The pages that belong together. */
export function BackupsTabs() {
  const said = useWords(text)
  const tabs = [
    { to: places.backups, label: said.sources },
    { to: places.backupReaders, label: said.readers },
  ]
  return <PageTabs label={said.label} tabs={tabs} />
}
