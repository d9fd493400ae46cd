import type { KeyDetail, Use } from '@hevd/keys/contract'
import { type Column, numeral, Section, Table, useLocale, useWords, When, words } from '@hevd/ui'
import { operationWords } from './key-words.ts'

const text = words({
  title: { nb: 'Bruk', en: 'Uses' },
  note: {
    nb: 'Hver linje er det én mottaker gjorde i et kort tidsrom. Antallene står i loggen.',
    en: 'Each line is what one holder did in a short time. The counts stand in the ledger.',
  },
  none: { nb: 'Den er ikke brukt ennå.', en: 'It has not been used yet.' },
  who: { nb: 'Hvem', en: 'Who' },
  when: { nb: 'Når', en: 'When' },
  what: { nb: 'Hva', en: 'What' },
  count: { nb: 'Antall', en: 'Count' },
  atMost: { nb: 'høyst', en: 'at most' },
  open: {
    nb: 'teller fortsatt, eller tjeneren stoppet uten å telle ferdig',
    en: 'still counting, or the server stopped before it had counted',
  },
  version: { nb: 'versjon', en: 'version' },
})

/** Who used a key, when, and for what; the newest first. */
export function KeyUses({ of: { uses } }: { readonly of: KeyDetail }) {
  const said = useWords(text)
  const locale = useLocale()
  const counted = useCounts()
  const columns: readonly Column<Use>[] = [
    {
      key: 'who',
      head: said.who,
      width: '1.4fr',
      narrow: 'lead',
      sort: ({ holder }) => holder.name,
      cell: ({ holder }) => holder.name,
    },
    { key: 'when', head: said.when, sort: ({ from }) => from, cell: ({ from }) => <When at={from} /> },
    {
      key: 'what',
      head: said.what,
      width: '2.4fr',
      cell: (use) => (use.exact ? counted(use) : <span className="text-ink-2">{said.open}</span>),
    },
    {
      key: 'count',
      head: said.count,
      width: '7rem',
      sort: ({ uses: count }) => count,
      cell: ({ uses: count, exact }) => `${exact ? '' : `${said.atMost} `}${numeral(count, locale)}`,
    },
  ]
  return (
    <Section title={said.title} note={said.note}>
      {uses.length === 0 ? (
        <p className="text-ink-2">{said.none}</p>
      ) : (
        <Table label={said.title} columns={columns} rows={uses} rowKey={({ id }) => id} />
      )}
    </Section>
  )
}

/** `encrypt/3: 12` in words. */
function useCounts(): (use: Use) => string {
  const said = useWords(text)
  const may: { readonly [operation: string]: string } = useWords(operationWords)
  const locale = useLocale()
  return ({ counts }) =>
    Object.entries(counts)
      .map(([which, count]) => {
        const [operation = '', version] = which.split('/')
        const of = version === undefined ? '' : ` (${said.version} ${version})`
        return `${may[operation] ?? operation} ${numeral(count, locale)}${of}`
      })
      .join(', ')
}
