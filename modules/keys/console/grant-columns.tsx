import type { Grant } from '@hevd/keys/contract'
import { Ago, type Column, Day, Link, places, useWords, words } from '@hevd/ui'
import { DecideGrant } from './decide-grant.tsx'
import { grantStateWords, operationsSaid, operationWords } from './key-words.ts'

const text = words({
  who: { nb: 'Hvem', en: 'Who' },
  key: { nb: 'Nøkkel', en: 'Key' },
  why: { nb: 'Hvorfor', en: 'Why' },
  may: { nb: 'Kan', en: 'May' },
  until: { nb: 'Til og med', en: 'Until' },
  from: { nb: 'fra', en: 'from' },
  used: { nb: 'Sist brukt', en: 'Last used' },
  never: { nb: 'aldri', en: 'never' },
  act: { nb: 'Avgjør', en: 'Decide' },
  service: { nb: 'tjeneste', en: 'service' },
  askedBy: { nb: 'bedt om av', en: 'asked for by' },
  by: { nb: 'godkjent av', en: 'approved by' },
  refusedBy: { nb: 'avslått av', en: 'refused by' },
  single: { nb: 'godkjent av samme person', en: 'single approver' },
})

/** The columns of grants. @param ofOneKey leaves the key out */
export function useGrantColumns(ofOneKey: boolean): readonly Column<Grant>[] {
  const said = useWords(text)
  const states = useWords(grantStateWords)
  const may = useWords(operationWords)
  return [
    {
      key: 'who',
      head: said.who,
      width: '1.4fr',
      narrow: 'lead',
      sort: ({ holder }) => holder.name,
      cell: ({ holder }) => (
        <>
          <span className="font-medium">{holder.name}</span>
          {holder.kind === 'service' && <span className="block text-ink-2 text-sm">{said.service}</span>}
        </>
      ),
    },
    ...(ofOneKey
      ? []
      : [
          {
            key: 'key',
            head: said.key,
            width: '1.4fr',
            sort: ({ key }: Grant) => key,
            cell: ({ key }: Grant) => (
              <Link to={places.key(key)} className="break-all hover:text-accent">
                {key}
              </Link>
            ),
          },
        ]),
    {
      key: 'why',
      head: said.why,
      width: '2.2fr',
      cell: (grant) => (
        <>
          {grant.purpose}
          <span className="block text-ink-2 text-sm">
            <Decided grant={grant} />
          </span>
        </>
      ),
    },
    {
      key: 'may',
      head: said.may,
      width: '1.4fr',
      cell: ({ operations }) => operationsSaid(operations, may),
    },
    {
      key: 'until',
      head: said.until,
      width: '1.2fr',
      sort: ({ until }) => until,
      cell: ({ from, until, state }) => (
        <>
          <Day date={until} />
          <span className={`block text-sm ${state === 'in-force' ? 'text-ink-2' : 'text-ink'}`}>
            {states[state]}
            {state === 'to-come' && (
              <>
                {', '}
                {said.from} <Day date={from} />
              </>
            )}
          </span>
        </>
      ),
    },
    {
      key: 'used',
      head: said.used,
      sort: ({ lastUsedAt }) => lastUsedAt ?? 0,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-2">{said.never}</span> : <Ago at={lastUsedAt} />,
    },
    {
      key: 'act',
      head: said.act,
      width: '9rem',
      narrow: 'lead',
      cell: (grant) => <DecideGrant grant={grant} />,
    },
  ]
}

function Decided({ grant: { state, askedBy, decidedBy, singleApprover } }: { readonly grant: Grant }) {
  const said = useWords(text)
  if (decidedBy === null) return `${said.askedBy} ${askedBy.name}`
  if (state === 'refused') return `${said.refusedBy} ${decidedBy.name}`
  return singleApprover ? said.single : `${said.by} ${decidedBy.name}`
}
