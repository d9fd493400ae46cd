import type { FindingView } from '@hevd/posture/contract'
import { type Column, Link, Mark, places, useLocale, useWords, When, words } from '@hevd/ui'
import { useKind } from './kinds.ts'
import { Remarks } from './remarks.tsx'

const text = words({
  state: { nb: 'Tilstand', en: 'State' },
  subject: { nb: 'Kontrollobjekt', en: 'Subject' },
  why: { nb: 'Hvorfor', en: 'Why' },
  since: { nb: 'Siden', en: 'Since' },
  control: { nb: 'Kontroll', en: 'Control' },
  basis: { nb: 'Grunnlag', en: 'Evidence' },
})

/** The columns of a list of findings. `subject` and `control` are left out where the page is about one of them. */
export function useFindingColumns(about: 'control' | 'subject' | 'all'): readonly Column<FindingView>[] {
  const said = useWords(text)
  const locale = useLocale()
  const kind = useKind()
  const columns: readonly Column<FindingView>[] = [
    {
      key: 'state',
      head: said.state,
      width: '9rem',
      narrow: 'lead',
      cell: ({ state }) => <Mark state={state} />,
    },
    {
      key: 'subject',
      head: said.subject,
      width: '1.3fr',
      narrow: 'lead',
      cell: ({ subject }) => (
        <>
          <Link to={places.subject(subject.kind, subject.id)} className="font-medium hover:text-accent">
            {subject.name}
          </Link>
          <span className="block text-ink-3 text-sm">{kind(subject.kind)}</span>
        </>
      ),
    },
    {
      key: 'control',
      head: said.control,
      width: '1.2fr',
      narrow: 'lead',
      cell: ({ control, controlTitle }) => (
        <Link to={places.control(control)} className="hover:text-accent">
          {controlTitle[locale]}
        </Link>
      ),
    },
    {
      key: 'why',
      head: said.why,
      width: '2fr',
      narrow: 'lead',
      cell: (finding) => <Why finding={finding} />,
    },
    {
      key: 'since',
      head: said.since,
      width: '8rem',
      cell: ({ failingSince, since }) => (
        <span className="text-ink-2">
          <When at={failingSince ?? since} />
        </span>
      ),
    },
    {
      key: 'basis',
      head: said.basis,
      width: '5rem',
      narrow: 'lead',
      cell: ({ test, subject }) => (
        <Link
          to={places.evidence(test, subject.id)}
          className="text-link"
          aria-label={`${said.basis}: ${subject.name}`}
        >
          {said.basis}
        </Link>
      ),
    },
  ]
  return columns.filter(({ key }) => key !== about)
}

/** The reason, with what is to be said beside it. */
function Why({ finding }: { readonly finding: FindingView }) {
  const locale = useLocale()
  return (
    <div className="text-ink-2">
      {finding.why?.text[locale]}
      <Remarks of={finding} />
    </div>
  )
}

/** One row of a list of findings. */
export function findingKey({ test, subject }: FindingView): string {
  return `${test}|${subject.kind}|${subject.id}`
}
