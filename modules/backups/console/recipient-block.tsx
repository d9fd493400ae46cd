import type { Reader, Recipient } from '@hevd/backups/contract'
import {
  Button,
  Code,
  Day,
  Link,
  listedWords,
  places,
  useLocale,
  useMayChange,
  useWords,
  words,
} from '@hevd/ui'
import { DecideReader } from './decide-reader.tsx'
import { readerStateWords } from './reader-words.ts'

const text = words({
  undeclared: {
    nb: 'Ingen har oppgitt hvem som har identiteten til denne mottakeren.',
    en: 'Nobody has told who has the identity of this recipient.',
  },
  tell: { nb: 'Oppgi hvem', en: 'Tell who' },
  until: { nb: 'til og med', en: 'until' },
  from: { nb: 'fra', en: 'from' },
  kept: { nb: 'Identiteten oppbevares', en: 'The identity is kept' },
  service: { nb: 'tjeneste', en: 'service' },
  askedBy: { nb: 'bedt om av', en: 'asked for by' },
  by: { nb: 'godkjent av', en: 'approved by' },
  refusedBy: { nb: 'avslått av', en: 'refused by' },
  single: { nb: 'godkjent av samme person', en: 'single approver' },
  reads: { nb: 'Kan lese', en: 'Can read' },
  onlyOld: {
    nb: 'bare de som ligger der fra før',
    en: 'only those that lie there already',
  },
  unused: { nb: 'Ingen sikkerhetskopi er kryptert til den nå.', en: 'No backup is encrypted to it now.' },
})

/**
 * One recipient: who has its identity, why, until when. @param on the source whose page it stands on; its name is left out then
 * @param onTell opens the dialog that tells of somebody; a link to the readers where it is not given
 */
export function RecipientBlock({
  of,
  on,
  onTell,
}: {
  readonly of: Recipient
  readonly on?: string
  onTell?(recipient: string): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const mayChange = useMayChange()
  const { recipient, sources, readers } = of
  const shown = readers.filter(({ state }) => on === undefined || state === 'in-force' || state === 'asked')
  const told = readers.some(({ state }) => state === 'in-force' || state === 'asked')
  const named = sources.map(({ name, inPlan }) => (inPlan ? name : `${name} (${said.onlyOld})`))
  return (
    <section>
      <h3>
        <Code>{recipient}</Code>
      </h3>
      {on === undefined && (
        <p className="mt-1 text-ink-2 text-sm">
          {sources.length === 0 ? said.unused : `${said.reads} ${listedWords(named, locale)}`}
        </p>
      )}
      {sources.length > 0 && !told && (
        <p className="mt-2 border-fails border-l-2 pl-3">
          {said.undeclared}{' '}
          {mayChange && onTell === undefined && (
            <Link to={`${places.backupReaders}?add=yes`} className="text-link">
              {said.tell}
            </Link>
          )}
        </p>
      )}
      {sources.length > 0 && !told && mayChange && onTell !== undefined && (
        <Button className="mt-3" aria-label={`${said.tell}: ${recipient}`} onClick={() => onTell(recipient)}>
          {said.tell}
        </Button>
      )}
      <ul className="mt-3 flex flex-col gap-4">
        {shown.map((reader) => (
          <li key={reader.id}>
            <OneReader of={reader} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function OneReader({ of }: { readonly of: Reader }) {
  const said = useWords(text)
  const states = useWords(readerStateWords)
  const { holder, purpose, keptAt, from, until, state } = of
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <div className="min-w-0 max-w-measure">
        <p>
          <span className="font-medium">{holder.name}</span>
          {holder.kind === 'service' && <span className="text-ink-2"> ({said.service})</span>}
          <span className="text-ink-2">
            {' · '}
            {states[state]}
            {state === 'to-come' && (
              <>
                {' '}
                {said.from} <Day date={from} />
              </>
            )}
            , {said.until} <Day date={until} />
          </span>
        </p>
        <p className="break-words">{purpose}</p>
        <p className="break-words text-ink-2 text-sm">
          {said.kept}: {keptAt} · <Decided of={of} />
        </p>
      </div>
      <DecideReader of={of} />
    </div>
  )
}

function Decided({ of: { askedBy, decidedBy, singleApprover, state } }: { readonly of: Reader }) {
  const said = useWords(text)
  if (decidedBy === null) return `${said.askedBy} ${askedBy.name}`
  if (state === 'refused') return `${said.refusedBy} ${decidedBy.name}`
  return singleApprover ? said.single : `${said.by} ${decidedBy.name}`
}
