import type { HostList } from '@hevd/hosts/contract'
import {
  Ago,
  Button,
  type Column,
  call,
  Dialog,
  DialogActions,
  EmptyState,
  Fault,
  Link,
  Loaded,
  numeral,
  places,
  Section,
  Table,
  useAction,
  useLocale,
  useMayChange,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { listWords } from './list-words.ts'

const text = words({
  title: { nb: 'Uavhengige lister', en: 'Independent lists' },
  note: {
    nb: 'Det andre vet om maskiner, disker og enheter. Det holdes opp mot det agentene melder.',
    en: 'What others know of machines, disks and devices. It is held against what the agents report.',
  },
  import: { nb: 'Hent en liste fra fil', en: 'Import a list from a file' },
  source: { nb: 'Kilde', en: 'Source' },
  of: { nb: 'Liste over', en: 'List of' },
  entries: { nb: 'Linjer', en: 'Entries' },
  imported: { nb: 'Hentet', en: 'Imported' },
  remove: { nb: 'Fjern', en: 'Remove' },
  removeTitle: { nb: 'Fjerne listen?', en: 'Remove the list?' },
  removeWhat: {
    nb: 'Alt som står på den, blir borte herfra. Det som var holdt opp mot den, blir ukjent.',
    en: 'All that stands on it goes from here. What was held against it becomes unknown.',
  },
  removed: { nb: 'Listen er fjernet.', en: 'The list was removed.' },
  none: { nb: 'Ingen lister er hentet', en: 'No list has been imported' },
  noneWhy: {
    nb: 'Uten en uavhengig liste vet vi ikke om noen maskin mangler, eller om virtuelle disker er kryptert.',
    en: 'Without an independent list we do not know whether a host is missing, or whether virtual disks are encrypted.',
  },
})

/** The lists that were imported from files, how old they are, and the way to a new one. */
export function Lists() {
  const said = useWords(text)
  const kinds = useWords(listWords)
  const locale = useLocale()
  const mayChange = useMayChange()
  const lists = useResource<readonly HostList[]>('/api/host-lists', 60_000)
  const columns: readonly Column<HostList>[] = [
    {
      key: 'source',
      head: said.source,
      narrow: 'lead',
      sort: ({ source }) => source,
      cell: ({ source }) => <span className="break-all font-medium">{source}</span>,
    },
    { key: 'of', head: said.of, sort: ({ of }) => kinds[of], cell: ({ of }) => kinds[of] },
    {
      key: 'entries',
      head: said.entries,
      sort: ({ entries }) => entries,
      cell: ({ entries }) => numeral(entries, locale),
    },
    {
      key: 'imported',
      head: said.imported,
      sort: ({ importedAt }) => importedAt,
      cell: ({ importedAt }) => <Ago at={importedAt} />,
    },
    ...(mayChange
      ? [
          {
            key: 'remove',
            head: said.remove,
            width: '5rem',
            narrow: 'lead' as const,
            cell: (list: HostList) => <RemoveList list={list} />,
          },
        ]
      : []),
  ]
  return (
    <Section title={said.title} note={said.note}>
      {mayChange && (
        <p className="mb-6">
          <Link to={places.importList} className="font-medium text-accent hover:underline">
            {said.import}
          </Link>
        </p>
      )}
      <Loaded of={lists}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <Table
              label={said.title}
              columns={columns}
              rows={all}
              rowKey={({ of, source }) => `${of}/${source}`}
            />
          )
        }
      </Loaded>
    </Section>
  )
}

function RemoveList({ list: { of, source } }: { readonly list: HostList }) {
  const said = useWords(text)
  const [open, setOpen] = useState(false)
  const leave = () => setOpen(false)
  const removing = useAction({
    call: () => call<unknown>('DELETE', `/api/host-lists/${of}/${encodeURIComponent(source)}`),
    refreshes: ['/api/host-lists', '/api/policy', '/api/findings'],
    done: text.removed,
  })
  const remove = async () => {
    if ((await removing.run(undefined)).ok) leave()
  }
  return (
    <>
      <Button
        weight="quiet"
        className="min-h-6 py-0"
        aria-label={`${said.remove}: ${source}`}
        onClick={() => setOpen(true)}
      >
        {said.remove}
      </Button>
      <Dialog open={open} onClose={leave} title={said.removeTitle} description={said.removeWhat}>
        <p className="font-medium">{source}</p>
        <Fault problem={removing.problem} />
        <DialogActions onClose={leave}>
          <Button weight="grave" running={removing.running} onClick={() => void remove()}>
            {said.remove}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
