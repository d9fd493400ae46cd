import type { Source } from '@hevd/backups/contract'
import { Loaded, Page, Table, useResource, useWords, words } from '@hevd/ui'
import { BackupsTabs } from './backups-tabs.tsx'
import { SetUp } from './set-up.tsx'
import { useSourceColumns } from './source-columns.tsx'

const text = words({
  title: { nb: 'Sikkerhetskopier', en: 'Backups' },
  lead: {
    nb: 'Hva som sikkerhetskopieres, om det går som det skal, og når det sist ble vist at det kan gjenopprettes.',
    en: 'What is backed up, whether that goes as it should, and when it was last shown that it can be restored.',
  },
  ended: { nb: 'Avsluttet', en: 'Ended' },
})

/** Every source of backups, and how it stands. */
export default function Backups() {
  const said = useWords(text)
  const sources = useResource<readonly Source[]>('/api/backups', 30_000)
  const columns = useSourceColumns()
  return (
    <Page title={said.title} lead={said.lead}>
      <BackupsTabs />
      <Loaded of={sources} lines={6}>
        {(all) => {
          const ended = all.filter(({ endedAt }) => endedAt !== null)
          const live = all.filter(({ endedAt }) => endedAt === null)
          return all.length === 0 ? (
            <SetUp />
          ) : (
            <>
              {live.length > 0 && (
                <Table label={said.title} columns={columns} rows={live} rowKey={({ id }) => id} />
              )}
              {ended.length > 0 && (
                <section className="mt-12">
                  <h2 className="mb-4 font-semibold">{said.ended}</h2>
                  <Table label={said.ended} columns={columns} rows={ended} rowKey={({ id }) => id} />
                </section>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
