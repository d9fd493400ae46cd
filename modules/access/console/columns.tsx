import type { ListedGrant } from '@hevd/access/contract'
import { Ago, Button, type Column, Day, Link, places, useWords, words } from '@hevd/ui'
import { kindWords, privilegeCalled, privilegeWords } from './access-words.ts'

const text = words({
  who: { nb: 'Hvem', en: 'Who' },
  what: { nb: 'Hva', en: 'What' },
  need: { nb: 'Behov', en: 'Need' },
  until: { nb: 'Til og med', en: 'Until' },
  from: { nb: 'fra', en: 'from' },
  over: { nb: 'Avsluttet', en: 'Over' },
  reviewed: { nb: 'Gjennomgått', en: 'Reviewed' },
  never: { nb: 'aldri', en: 'never' },
  change: { nb: 'Endre', en: 'Change' },
  review: { nb: 'Gå gjennom', en: 'Review' },
  by: { nb: 'godkjent av', en: 'approved by' },
  single: { nb: 'godkjent av samme person', en: 'single approver' },
  builtIn: { nb: 'følger med Hevd', en: 'comes with Hevd' },
  ownNeed: {
    nb: 'Hevd starter, reparerer og oppgraderer sin egen database.',
    en: 'Hevd starts, repairs and upgrades its own database.',
  },
})

/** The columns of the list. @param acts what an administrator may do with one; null for a reader */
export function useColumns(
  acts: { onEdit(grant: ListedGrant): void; onReview(grant: ListedGrant): void } | null,
): readonly Column<ListedGrant>[] {
  const said = useWords(text)
  const what = useWhat()
  return [
    {
      key: 'who',
      head: said.who,
      width: '1.4fr',
      narrow: 'lead',
      sort: ({ holderName }) => holderName,
      cell: (grant) => <Who grant={grant} />,
    },
    { key: 'what', head: said.what, width: '1.8fr', sort: what, cell: what },
    {
      key: 'need',
      head: said.need,
      width: '2.2fr',
      cell: ({ holderKind, need, approverName, singleApprover }) => (
        <>
          {holderKind === 'account' ? said.ownNeed : need}
          <span className="block text-ink-2 text-sm">
            {holderKind === 'account'
              ? said.builtIn
              : singleApprover
                ? said.single
                : `${said.by} ${approverName ?? ''}`}
          </span>
        </>
      ),
    },
    {
      key: 'until',
      head: said.until,
      sort: ({ until }) => until ?? '9999',
      cell: ({ from, until, state }) => (
        <>
          {until === null ? <span className="text-ink-3">–</span> : <Day date={until} />}
          {state === 'over' && <span className="block text-ink-2 text-sm">{said.over}</span>}
          {state === 'to-come' && (
            <span className="block text-ink-2 text-sm">
              {said.from} <Day date={from} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'reviewed',
      head: said.reviewed,
      sort: ({ reviewedAt }) => reviewedAt ?? 0,
      cell: ({ reviewedAt }) =>
        reviewedAt === null ? <span className="text-ink-2">{said.never}</span> : <Ago at={reviewedAt} />,
    },
    ...(acts === null
      ? []
      : [
          {
            key: 'act',
            head: said.review,
            width: '10rem',
            narrow: 'lead' as const,
            cell: (grant: ListedGrant) => <Acts grant={grant} {...acts} />,
          },
        ]),
  ]
}

/** What access is to, in the reader's words. */
export function useWhat(): (grant: Pick<ListedGrant, 'kind' | 'placeName' | 'privilege'>) => string {
  const kinds = useWords(kindWords)
  const privileges = useWords(privilegeWords)
  return ({ kind, placeName, privilege }) => {
    const place = kind === 'other' ? placeName : `${kinds[kind]} ${placeName}`
    return privilege === null ? place : `${place}: ${privilegeCalled(privilege, privileges)}`
  }
}

function Who({ grant: { id, holderKind, holder, holderName } }: { readonly grant: ListedGrant }) {
  return (
    <>
      {holderKind === 'person' ? (
        <Link to={places.subject('person', holder)} className="font-medium hover:text-accent">
          {holderName}
        </Link>
      ) : (
        <span className="font-medium">{holderName}</span>
      )}{' '}
      {holderKind !== 'account' && <span className="text-ink-3 text-sm">{id}</span>}
    </>
  )
}

function Acts({
  grant,
  onEdit,
  onReview,
}: {
  readonly grant: ListedGrant
  onEdit(grant: ListedGrant): void
  onReview(grant: ListedGrant): void
}) {
  const said = useWords(text)
  if (grant.state === 'over') return null
  const what = `${grant.holderName}, ${grant.placeName}`
  return (
    <span className="flex flex-wrap gap-x-4">
      <Button
        weight="quiet"
        className="min-h-6 py-0"
        aria-label={`${said.review}: ${what}`}
        onClick={() => onReview(grant)}
      >
        {said.review}
      </Button>
      {grant.holderKind !== 'account' && (
        <Button
          weight="quiet"
          className="min-h-6 py-0"
          aria-label={`${said.change}: ${what}`}
          onClick={() => onEdit(grant)}
        >
          {said.change}
        </Button>
      )}
    </span>
  )
}
