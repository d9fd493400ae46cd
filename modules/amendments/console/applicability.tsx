import type { Applicability as Row } from '@hevd/amendments/contract'
import {
  ApprovedBy,
  type Column,
  frameworkName,
  Link,
  Loaded,
  Mark,
  numeral,
  Page,
  places,
  Table,
  useLocale,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { useControls } from './controls.ts'
import { PaperLinks } from './paper-links.tsx'
import { RequirementIds } from './requirement-ids.tsx'

const text = words({
  title: { nb: 'Anvendelseserklæring', en: 'Statement of applicability' },
  lead: {
    nb: 'Hver kontroll i policyen: om den gjelder, hvorfor ikke, hvordan den står, og hvem som har godkjent den.',
    en: 'Every control of the policy: whether it applies, why not, how it stands, and who approved it.',
  },
  counts: {
    nb: (applies: string, all: string) => `${applies} av ${all} kontroller gjelder.`,
    en: (applies: string, all: string) => `${applies} of ${all} controls apply.`,
  },
  control: { nb: 'Kontroll', en: 'Control' },
  applies: { nb: 'Gjelder', en: 'Applies' },
  yes: { nb: 'Ja', en: 'Yes' },
  no: { nb: 'Nei', en: 'No' },
  review: { nb: 'Vurderes igjen innen', en: 'Review by' },
  overdue: { nb: 'Skulle vært vurdert igjen innen', en: 'Was to be reviewed by' },
  state: { nb: 'Tilstand', en: 'State' },
  since: { nb: 'siden', en: 'since' },
  inForce: { nb: 'I kraft siden', en: 'In force since' },
  references: { nb: 'Referanser', en: 'References' },
})

type Each = Row[number]

/** The statement of applicability (ISO/IEC 27001:2022, 6.1.3 d), made of the policy as it stands. */
export default function Applicability() {
  const said = useWords(text)
  const rows = useResource<Row>('/api/policy/applicability')
  return (
    <Page
      title={said.title}
      lead={
        <>
          <p>{said.lead}</p>
          <PaperLinks csv="/api/policy/applicability/csv" />
        </>
      }
    >
      <Loaded of={rows} lines={8}>
        {(all) => <Sections of={all} />}
      </Loaded>
    </Page>
  )
}

function Sections({ of }: { readonly of: Row }) {
  const said = useWords(text)
  const locale = useLocale()
  const { sections } = useControls()
  const columns = useColumns()
  const titleOf = (section: string) => sections.find(({ id }) => id === section)?.title[locale] ?? section
  const order = [...new Set(of.map(({ section }) => section))]
  const applying = of.filter(({ notApplicable }) => notApplicable === null).length
  return (
    <>
      <p className="text-ink-2">{said.counts(numeral(applying, locale), numeral(of.length, locale))}</p>
      {order.map((section) => (
        <section key={section} className="mt-12">
          <h2 className="mb-4 font-semibold font-serif text-xl">{titleOf(section)}</h2>
          <Table
            label={titleOf(section)}
            columns={columns}
            rows={of.filter((row) => row.section === section)}
            rowKey={({ control }) => control}
          />
        </section>
      ))}
    </>
  )
}

function useColumns(): readonly Column<Each>[] {
  const said = useWords(text)
  const locale = useLocale()
  return [
    {
      key: 'control',
      head: said.control,
      width: '2.2fr',
      narrow: 'lead',
      cell: ({ control, title, statement }) => (
        <>
          <Link to={places.control(control)} className="font-medium hover:text-accent">
            {title[locale]}
          </Link>
          <span className="mt-1 block font-serif text-ink-2">{statement[locale]}</span>
        </>
      ),
    },
    { key: 'applies', head: said.applies, width: '1.4fr', cell: (row) => <Applies of={row} /> },
    {
      key: 'state',
      head: said.state,
      width: '1.1fr',
      cell: ({ state, since }) => (
        <>
          <Mark state={state} />
          <span className="text-ink-2 text-sm md:block">
            {' '}
            {said.since} <When at={since} />
          </span>
        </>
      ),
    },
    {
      key: 'approved',
      head: said.inForce,
      width: '1.1fr',
      cell: ({ approvedAt, approvedBy, single }) => (
        <>
          <When at={approvedAt} />
          <span className="text-ink-2 text-sm md:block">
            {' '}
            <ApprovedBy by={approvedBy} single={single} />
          </span>
        </>
      ),
    },
    {
      key: 'references',
      head: said.references,
      width: '1.6fr',
      cell: ({ references }) => (
        <ul className="text-sm max-md:mt-1">
          {Object.entries(references).map(([framework, ids]) => (
            <li key={framework}>
              {frameworkName(framework)}: <RequirementIds of={ids} />
            </li>
          ))}
        </ul>
      ),
    },
  ]
}

function Applies({ of: { notApplicable } }: { readonly of: Each }) {
  const said = useWords(text)
  if (notApplicable === null) return <>{said.yes}</>
  const { reason, reviewBy, overdue } = notApplicable
  return (
    <>
      <span className="font-medium">{said.no}.</span> {reason}
      <span className={`mt-1 block text-sm ${overdue ? 'text-fails' : 'text-ink-2'}`}>
        {overdue ? said.overdue : said.review} <When at={reviewBy} />
      </span>
    </>
  )
}
