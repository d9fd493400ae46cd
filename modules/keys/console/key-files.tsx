import type { KeyFile, KeyFiles } from '@hevd/keys/contract'
import { type Column, EmptyState, Loaded, Table, useResource, useWords, words } from '@hevd/ui'

const text = words({
  title: { nb: 'Funnet på maskinene', en: 'Found on hosts' },
  lead: {
    nb: 'Private nøkler og hemmeligheter i filer som andre enn root kan lese, slik agentene ser dem. Selve nøklene forlater aldri maskinen.',
    en: 'Private keys and secrets in files that others than root can read, as the agents see them. The keys themselves never leave the host.',
  },
  none: { nb: 'Ingen slike filer er funnet', en: 'No such file has been found' },
  noneWhy: {
    nb: 'Agenten ser etter dem hver sjette time på hver maskin der den er root. Der den ikke er det, er kontrollen ukjent.',
    en: 'The agent looks for them every six hours on each host where it is root. Where it is not, the control is unknown.',
  },
  more: { nb: 'De mest åpne er vist.', en: 'The most open ones are shown.' },
  file: { nb: 'Fil', en: 'File' },
  host: { nb: 'Maskin', en: 'Host' },
  what: { nb: 'Hva', en: 'What' },
  reads: { nb: 'Kan leses av', en: 'Can be read by' },
  fingerprint: { nb: 'Fingeravtrykk', en: 'Fingerprint' },
  'private-key': { nb: 'Privat nøkkel', en: 'Private key' },
  secrets: { nb: 'Hemmeligheter', en: 'Secrets' },
  passphrase: { nb: 'med passordfrase', en: 'with a passphrase' },
  everybody: { nb: 'alle kontoer', en: 'every account' },
  group: { nb: 'eieren og gruppen', en: 'its owner and group' },
  owner: { nb: 'eieren', en: 'its owner' },
})

/** Key material that agents found in files, the most open first. */
export function KeyFilesFound() {
  const said = useWords(text)
  const found = useResource<KeyFiles>('/api/key-files')
  const columns: readonly Column<KeyFile>[] = [
    {
      key: 'file',
      head: said.file,
      width: '2fr',
      narrow: 'lead',
      sort: ({ path }) => path,
      cell: ({ path, mode }) => (
        <>
          <span className="break-all font-medium">{path}</span>
          <span className="block text-ink-2 text-sm">{mode.toString(8).padStart(4, '0')}</span>
        </>
      ),
    },
    {
      key: 'host',
      head: said.host,
      width: '1.5fr',
      sort: ({ hostName }) => hostName,
      cell: ({ hostName }) => hostName,
    },
    {
      key: 'what',
      head: said.what,
      cell: ({ kind, secrets, encrypted }) => (
        <>
          {said[kind]} {kind === 'secrets' && `(${secrets})`}
          {encrypted && <span className="block text-ink-2 text-sm">{said.passphrase}</span>}
        </>
      ),
    },
    {
      key: 'reads',
      head: said.reads,
      cell: ({ readableBy, encrypted }) => (
        <span className={readableBy === 'everybody' && !encrypted ? 'text-fails' : ''}>
          {said[readableBy]}
        </span>
      ),
    },
    {
      key: 'fingerprint',
      head: said.fingerprint,
      width: '1.6fr',
      cell: ({ fingerprint }) => <span className="break-all font-mono text-sm">{fingerprint ?? '–'}</span>,
    },
  ]
  return (
    <section className="mt-12">
      <h2 className="font-semibold">{said.title}</h2>
      <p className="mt-1 mb-4 max-w-prose text-ink-2">{said.lead}</p>
      <Loaded of={found} lines={4}>
        {({ files, total }) =>
          files.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            <>
              {total > files.length && <p className="mb-2 text-ink-2 text-sm">{said.more}</p>}
              <Table
                label={said.title}
                columns={columns}
                rows={files}
                rowKey={({ host, path }) => `${host}${path}`}
              />
            </>
          )
        }
      </Loaded>
    </section>
  )
}
