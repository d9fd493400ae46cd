import type { Delivery } from '@hevd/notices/contract'
import {
  Button,
  type Column,
  call,
  EmptyState,
  Loaded,
  numeral,
  Table,
  useAction,
  useLocale,
  useRead,
  useResource,
  useWords,
  When,
  Who,
  words,
} from '@hevd/ui'

const text = words({
  label: { nb: 'Meldinger i det siste', en: 'Messages of late' },
  none: { nb: 'Ingen meldinger ennå', en: 'No messages yet' },
  noneWhy: {
    nb: 'De kommer når noe begynner å vente på noen som vil ha beskjed.',
    en: 'They come when something begins to wait for somebody who wants to be told.',
  },
  to: { nb: 'Til', en: 'To' },
  email: { nb: 'e-post', en: 'e-mail' },
  webhook: { nb: 'webhook', en: 'webhook' },
  made: { nb: 'Laget', en: 'Made' },
  items: { nb: 'Ting', en: 'Things' },
  state: { nb: 'Hva som skjedde', en: 'What happened' },
  waiting: { nb: 'Venter', en: 'Waits' },
  sent: { nb: 'Sendt', en: 'Sent' },
  dropped: { nb: 'Ikke lenger aktuell', en: 'No longer of concern' },
  failed: { nb: 'Gitt opp', en: 'Given up' },
  attempts: { nb: (count: string) => `${count} forsøk`, en: (count: string) => `${count} attempts` },
  again: { nb: 'Send på nytt', en: 'Send again' },
  isAgain: { nb: 'Meldingen sendes på nytt.', en: 'The message is sent again.' },
})

/** The newest hundred messages, and what became of each. */
export function Deliveries() {
  const said = useWords(text)
  const deliveries = useResource<readonly Delivery[]>('/api/notices/deliveries', 15_000)
  const columns = useColumns()
  return (
    <Loaded of={deliveries}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
        ) : (
          <Table label={said.label} columns={columns} rows={all} rowKey={({ id }) => id} />
        )
      }
    </Loaded>
  )
}

function useColumns(): readonly Column<Delivery>[] {
  const said = useWords(text)
  const locale = useLocale()
  return [
    {
      key: 'to',
      head: said.to,
      width: '1.5fr',
      narrow: 'lead',
      cell: ({ recipient, title, channel }) => (
        <>
          <span className="font-medium">{title ?? <Who id={recipient} />}</span>
          <span className="block text-ink-2 text-sm">{said[channel]}</span>
        </>
      ),
    },
    { key: 'made', head: said.made, cell: ({ madeAt }) => <When at={madeAt} /> },
    { key: 'items', head: said.items, width: '4rem', cell: ({ items }) => numeral(items, locale) },
    { key: 'state', head: said.state, width: '2fr', cell: (delivery) => <Happened delivery={delivery} /> },
  ]
}

function Happened({ delivery }: { readonly delivery: Delivery }) {
  const said = useWords(text)
  const read = useRead()
  const locale = useLocale()
  const { id, state, settledAt, attempts, error } = delivery
  const retrying = useAction({
    call: () => call<null>('POST', `/api/notices/deliveries/${id}/retry`),
    refreshes: ['/api/notices'],
    done: text.isAgain,
  })
  return (
    <>
      <p className={state === 'failed' ? 'text-fails' : ''}>
        {said[state]} {settledAt !== null && <When at={settledAt} />}
        {attempts > 1 && <span className="text-ink-2"> · {said.attempts(numeral(attempts, locale))}</span>}
      </p>
      {error !== null && <p className="break-words text-ink-2 text-sm">{read(error)}</p>}
      {state === 'failed' && (
        <Button weight="quiet" running={retrying.running} onClick={() => void retrying.run(undefined)}>
          {said.again}
        </Button>
      )}
    </>
  )
}
