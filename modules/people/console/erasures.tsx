import type { ErasureList, ErasureView } from '@hevd/people/contract'
import {
  Button,
  call,
  Day,
  EmptyState,
  Fault,
  Loaded,
  Page,
  Section,
  useAction,
  useQueryText,
  useReader,
  useResource,
  useWords,
  When,
  Who,
  words,
} from '@hevd/ui'
import { lazy, Suspense } from 'react'
import { stateWords } from './erase-words.ts'
import { ErasureProgress } from './erasure-progress.tsx'

const EraseDialog = lazy(() => import('./erase-dialog.tsx'))

const text = words({
  title: { nb: 'Sletting av personer', en: 'Erasing people' },
  lead: {
    nb: 'Ingen slettes av seg selv. Her står de som oppbevaringstiden er ute for, og det som er slettet.',
    en: 'Nobody is erased by itself. Here are those past retention, and what has been erased.',
  },
  due: { nb: 'Oppbevaringstiden er ute', en: 'Past retention' },
  since: { nb: 'siden', en: 'since' },
  nobody: { nb: 'Ingen er forbi oppbevaringstiden', en: 'Nobody is past retention' },
  nobodyWhy: {
    nb: 'De som har sluttet, kommer hit når oppbevaringstiden er ute.',
    en: 'Those who have left come here when the retention has passed.',
  },
  erasures: { nb: 'Slettinger', en: 'Erasures' },
  none: { nb: 'Ingen er slettet ennå.', en: 'Nobody has been erased yet.' },
  erased: { nb: 'En person', en: 'A person' },
  askedBy: { nb: 'Bedt om av', en: 'Asked for by' },
  approve: { nb: 'Godkjenn', en: 'Approve' },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  erase: { nb: 'Slett', en: 'Erase' },
  approved: { nb: 'Slettingen er godkjent.', en: 'The erasure was approved.' },
  withdrawn: { nb: 'Slettingen er trukket tilbake.', en: 'The erasure was withdrawn.' },
})
type Due = ErasureList['due'][number]

/** Who is past retention, and every erasure with where it stands. */
export default function Erasures() {
  const said = useWords(text)
  const list = useResource<ErasureList>('/api/erasures', 5000)
  const [query, change] = useQueryText()
  const asked = query.get('erase')
  const chosen = list.data?.due.find(({ id }) => id === asked)
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={list} lines={6}>
        {({ due, erasures }) => (
          <>
            <Section title={said.due}>
              {due.length === 0 ? (
                <EmptyState title={said.nobody}>{said.nobodyWhy}</EmptyState>
              ) : (
                <ul>
                  {due.map((person) => (
                    <DuePerson key={person.id} person={person} onErase={() => change({ erase: person.id })} />
                  ))}
                </ul>
              )}
            </Section>
            <Section title={said.erasures}>
              {erasures.length === 0 ? (
                <p className="text-ink-2">{said.none}</p>
              ) : (
                <ul className="flex flex-col gap-4">
                  {erasures.map((erasure) => (
                    <Erasure key={erasure.id} erasure={erasure} />
                  ))}
                </ul>
              )}
            </Section>
          </>
        )}
      </Loaded>
      <Suspense>
        {asked !== null && list.data !== undefined && (
          <EraseDialog
            person={chosen ?? { id: asked, name: asked }}
            onClose={() => change({ erase: null })}
          />
        )}
      </Suspense>
    </Page>
  )
}

function DuePerson({ person, onErase }: { readonly person: Due; onErase(): void }) {
  const said = useWords(text)
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-line border-b py-3">
      <span>
        {person.name} <span className="text-ink-3 text-sm">{person.id}</span>{' '}
        <span className="text-ink-2">
          {said.since} <Day date={person.due} />
        </span>
      </span>
      <Button
        weight="quiet"
        className="min-h-6 py-0"
        aria-label={`${said.erase}: ${person.name}`}
        onClick={onErase}
      >
        {said.erase}
      </Button>
    </li>
  )
}

function Erasure({ erasure }: { readonly erasure: ErasureView }) {
  const said = useWords(text)
  const states = useWords(stateWords)
  const { name, state, askedBy, askedAt, batch } = erasure
  return (
    <li className="border-line border-b pb-4">
      <details open={state !== 'done' && state !== 'stopped'}>
        <summary className="cursor-pointer">
          <span className="font-medium">{name ?? said.erased}</span>{' '}
          <span className="text-ink-2">{states[state]}</span>
        </summary>
        <p className="mt-2 text-ink-2">
          {said.askedBy} <Who id={askedBy} />, <When at={askedAt} />
        </p>
        <div className="mt-3">
          {state === 'asked' ? (
            <Approval batch={batch} by={askedBy} />
          ) : (
            <ErasureProgress erasure={erasure} />
          )}
        </div>
      </details>
    </li>
  )
}

function Approval({ batch, by }: { readonly batch: string; readonly by: string }) {
  const said = useWords(text)
  const reader = useReader()
  const refreshes = ['/api/erasures', '/api/people']
  const path = `/api/erasures/${batch}`
  const approving = useAction({
    call: () => call<null>('POST', `${path}/approve`, {}),
    refreshes,
    done: text.approved,
  })
  const withdrawing = useAction({ call: () => call<null>('DELETE', path), refreshes, done: text.withdrawn })
  const own = reader?.id === by
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Button
          weight={own ? 'plain' : 'main'}
          running={approving.running}
          onClick={() => void approving.run(undefined)}
        >
          {said.approve}
        </Button>
        <Button running={withdrawing.running} onClick={() => void withdrawing.run(undefined)}>
          {said.withdraw}
        </Button>
      </div>
      <Fault problem={approving.problem ?? withdrawing.problem} />
    </>
  )
}
