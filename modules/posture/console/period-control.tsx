import type { ControlOver, PeriodDetail, RowView, TableName, TestOver } from '@hevd/posture/contract'
import {
  ButtonLink,
  Code,
  EmptyState,
  Facts,
  Link,
  Loaded,
  lasting,
  numeral,
  Page,
  places,
  Section,
  useLocale,
  useMayChange,
  useParam,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { PeriodAnswer } from './period-answer.tsx'
import { PeriodBands, Shares } from './period-parts.tsx'
import { PeriodTable } from './period-table.tsx'

const text = words({
  none: { nb: 'Kontrollen er ikke i rapporten', en: 'The control is not in the report' },
  standing: { nb: 'Gjennom perioden', en: 'Over the period' },
  population: { nb: 'Hvem det gjelder', en: 'Whom it is about' },
  source: { nb: 'Kilde', en: 'Source' },
  query: { nb: 'Oppslag', en: 'Look-up' },
  where: { nb: 'Vilkår', en: 'Condition' },
  reconciled: { nb: 'Avstemt mot', en: 'Reconciled with' },
  notReconciled: { nb: 'Ikke avstemt: gjelder dem vi kjenner', en: 'Not reconciled: of those known' },
  counts: { nb: 'Antall', en: 'Count' },
  counted: {
    nb: (start: string, joined: string, ended: string, end: string) =>
      `${start} ved begynnelsen, ${joined} kom til, ${ended} falt fra, ${end} ved slutten`,
    en: (start: string, joined: string, ended: string, end: string) =>
      `${start} at the start, ${joined} joined, ${ended} left, ${end} at the end`,
  },
  time: { nb: 'Samlet tid', en: 'Time in all' },
  timed: {
    nb: (holds: string, fails: string, unknown: string) =>
      `overholdt ${holds}, ikke overholdt ${fails}, ukjent ${unknown}`,
    en: (holds: string, fails: string, unknown: string) =>
      `upheld ${holds}, not upheld ${fails}, unknown ${unknown}`,
  },
  sample: { nb: 'Trekk en stikkprøve', en: 'Draw a sample' },
  subjects: { nb: 'Kontrollobjekter', en: 'Subjects' },
  deviations: { nb: 'Avvik', en: 'Deviations' },
  unseen: { nb: 'Usett', en: 'Unseen' },
  occurrences: { nb: 'Forfall', en: 'Occurrences' },
  editions: { nb: 'Utgaver som gjaldt', en: 'Editions in force' },
  exceptions: { nb: 'Unntak', en: 'Exceptions' },
  answers: { nb: 'Ledelsens svar', en: 'Management’s answers' },
  pdf: { nb: 'PDF', en: 'PDF' },
  unproven: { nb: 'Ingen test ser etter', en: 'No test looks at it' },
})

/** One control over a period: population, deviations, what was due, and management's answers. */
export default function PeriodControl() {
  const said = useWords(text)
  const id = useParam('id')
  const name = useParam('control')
  const detail = useResource<PeriodDetail>(`/api/periods/${encodeURIComponent(id)}`)
  return (
    <Loaded of={detail} lines={8}>
      {(loaded) => {
        const control = loaded.report.controls.find((one) => one.id === name)
        if (control === undefined) return <EmptyState title={said.none} />
        return <Content detail={loaded} control={control} />
      }}
    </Loaded>
  )
}

function Content({ detail, control }: { readonly detail: PeriodDetail; readonly control: ControlOver }) {
  const said = useWords(text)
  const locale = useLocale()
  const mayChange = useMayChange() && detail.period.state !== 'signed'
  const { period, report } = detail
  const title = control.title[locale]
  const table = (name: TableName, heading: string) => (
    <Section title={heading}>
      <PeriodTable
        period={period.id}
        zone={period.zone}
        table={name}
        label={heading}
        control={control.id}
        {...(name === 'deviations' && mayChange
          ? { act: (row: RowView) => <AnswerTo period={period.id} control={control.id} row={row} /> }
          : {})}
      />
    </Section>
  )
  return (
    <Page
      title={title}
      lead={
        <Link to={places.period(period.id)} className="text-link">
          {period.title}
        </Link>
      }
      actions={
        <>
          <a
            href={`/api/periods/${encodeURIComponent(period.id)}/report.pdf?${new URLSearchParams({ control: control.id, lang: locale })}`}
            download
            className="text-link"
          >
            {said.pdf}
          </a>
          {mayChange && (
            <PeriodAnswer period={period.id} to={{ control: control.id, deviation: null }} about={title} />
          )}
        </>
      }
    >
      <Section title={said.standing}>
        <div className="flex flex-col gap-4">
          <PeriodBands of={control} report={report} />
          <Shares of={control} report={report} />
        </div>
      </Section>
      <Section title={said.population}>
        {control.tests.length === 0 ? (
          <p className="text-ink-2">{said.unproven}</p>
        ) : (
          <div className="flex flex-col gap-10">
            {control.tests.map((test) => (
              <PopulationOf key={test.id} test={test} period={period.id} />
            ))}
          </div>
        )}
      </Section>
      {table('deviations', said.deviations)}
      {table('occurrences', said.occurrences)}
      {table('unseen', said.unseen)}
      {table('population', said.subjects)}
      {table('exceptions', said.exceptions)}
      {table('editions', said.editions)}
      {table('answers', said.answers)}
    </Page>
  )
}

/** Answers one deviation, which is told apart by its test, its subject and when it began. */
function AnswerTo({
  period,
  control,
  row: { test, subject, from, name },
}: {
  readonly period: string
  readonly control: string
  readonly row: RowView
}) {
  if (typeof test !== 'string' || typeof subject !== 'string' || typeof from !== 'number') return null
  const about = typeof name === 'string' ? name : subject
  return <PeriodAnswer period={period} to={{ control, deviation: { test, subject, from } }} about={about} />
}

function PopulationOf({ test, period }: { readonly test: TestOver; readonly period: string }) {
  const said = useWords(text)
  const locale = useLocale()
  const { population, time } = test
  const number = (value: number) => numeral(value, locale)
  const { atStart, joined, ended, atEnd } = population
  return (
    <div className="flex flex-col items-start gap-4">
      <h3 className="font-medium">{population.title[locale]}</h3>
      <Facts
        of={[
          [said.counts, said.counted(number(atStart), number(joined), number(ended), number(atEnd))],
          [said.source, population.source[locale]],
          [said.reconciled, population.reconciledWith?.[locale] ?? said.notReconciled],
          [said.query, <Code key="query">{population.query}</Code>],
          ...(population.where === null
            ? []
            : [[said.where, <Code key="where">{population.where}</Code>] as const]),
          [
            said.time,
            said.timed(
              lasting(time.holds, locale),
              lasting(time.fails, locale),
              lasting(time.unknown, locale),
            ),
          ],
        ]}
      />
      <ButtonLink to={places.periodSample(period, test.id)} className="not-on-paper">
        {said.sample}
      </ButtonLink>
    </div>
  )
}
