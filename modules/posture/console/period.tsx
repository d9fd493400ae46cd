import type { ControlOver, PeriodDetail, PeriodReport, TableName } from '@hevd/posture/contract'
import {
  Button,
  Code,
  type Column,
  Day,
  Facts,
  Link,
  Loaded,
  numeral,
  Page,
  places,
  Section,
  Table,
  useLocale,
  useParam,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { PeriodBands, percent } from './period-parts.tsx'
import { PeriodSigning } from './period-signing.tsx'
import { PeriodTable } from './period-table.tsx'

const text = words({
  days: { nb: 'til og med', en: 'to' },
  print: { nb: 'Skriv ut', en: 'Print' },
  files: { nb: 'Filer', en: 'Files' },
  filesWhat: {
    nb: 'En utskrift av siden har bare de radene som er på skjermen. Hele rapporten er i PDF-filen, og alle rader i CSV-filene.',
    en: 'A print of the page has only the rows on the screen. The whole report is in the PDF, and all rows in the CSV files.',
  },
  pdf: { nb: 'Rapporten (PDF)', en: 'The report (PDF)' },
  bundle: { nb: 'Revisors pakke (ZIP)', en: 'The auditor’s bundle (ZIP)' },
  bundleWhat: {
    nb: 'Rapport, lister, stikkprøver med grunnlag og bevis fra loggen. Kontrolleres uten nett: hevd verify FIL.',
    en: 'Report, lists, samples with evidence and proofs from the log. Verified offline: hevd verify FILE.',
  },
  signing: { nb: 'Signering', en: 'Signing' },
  controls: { nb: 'Kontroller', en: 'Controls' },
  control: { nb: 'Kontroll', en: 'Control' },
  bands: { nb: 'Gjennom perioden', en: 'Over the period' },
  upheld: { nb: 'Overholdt', en: 'Upheld' },
  deviations: { nb: 'Avvik', en: 'Deviations' },
  late: { nb: 'Ikke i tide', en: 'Not in time' },
  unseen: { nb: 'Usett', en: 'Unseen' },
  silences: { nb: 'Tause kilder', en: 'Silent sources' },
  judging: { nb: 'Da ingen vurderte', en: 'When nobody judged' },
  exceptions: { nb: 'Unntak', en: 'Exceptions' },
  answers: { nb: 'Ledelsens svar', en: 'Management’s answers' },
  ledger: { nb: 'Loggene', en: 'The logs' },
  internalStart: { nb: 'Intern logg ved begynnelsen', en: 'Internal log at the start' },
  internalEnd: { nb: 'Intern logg ved slutten', en: 'Internal log at the end' },
  publicStart: { nb: 'Offentlig logg ved begynnelsen', en: 'Public log at the start' },
  publicEnd: { nb: 'Offentlig logg ved slutten', en: 'Public log at the end' },
  noLog: { nb: 'Ingen signert ennå', en: 'None signed yet' },
  entries: {
    nb: (size: string) => `${size} innførsler`,
    en: (size: string) => `${size} entries`,
  },
})

/** One period: signing, every control, what nobody saw, and where the logs stood. */
export default function Period() {
  const id = useParam('id')
  const detail = useResource<PeriodDetail>(`/api/periods/${encodeURIComponent(id)}`)
  return (
    <Loaded of={detail} lines={8}>
      {(loaded) => <Content detail={loaded} />}
    </Loaded>
  )
}

function Content({ detail: { period, report } }: { readonly detail: PeriodDetail }) {
  const said = useWords(text)
  const { id, zone } = period
  const table = (name: TableName, title: string) => (
    <Section title={title}>
      <PeriodTable period={id} zone={zone} table={name} label={title} />
    </Section>
  )
  return (
    <Page
      title={period.title}
      lead={
        <>
          <Day date={period.firstDay} /> {said.days} <Day date={period.lastDay} />, {zone}
        </>
      }
      actions={<Button onClick={() => window.print()}>{said.print}</Button>}
    >
      <Section title={said.signing}>
        <PeriodSigning period={period} />
      </Section>
      <div className="not-on-paper">
        <Section title={said.files}>
          <Files period={id} />
        </Section>
      </div>
      <Section title={said.controls}>
        <Controls report={report} />
      </Section>
      {table('deviations', said.deviations)}
      {table('silences', said.silences)}
      {table('judging', said.judging)}
      {table('exceptions', said.exceptions)}
      {table('answers', said.answers)}
      <Section title={said.ledger}>
        <Logs of={report.ledger} />
      </Section>
    </Page>
  )
}

/** The report and all behind it, to take along. */
function Files({ period }: { readonly period: string }) {
  const said = useWords(text)
  const locale = useLocale()
  const path = `/api/periods/${encodeURIComponent(period)}`
  return (
    <div className="flex max-w-measure flex-col gap-3">
      <p>{said.filesWhat}</p>
      <p>
        <a href={`${path}/report.pdf?lang=${locale}`} download className="text-link">
          {said.pdf}
        </a>
      </p>
      <p>
        <a href={`${path}/bundle?lang=${locale}`} download className="text-link">
          {said.bundle}
        </a>
        <span className="block text-ink-2">{said.bundleWhat}</span>
      </p>
    </div>
  )
}

function Controls({ report }: { readonly report: PeriodReport }) {
  const said = useWords(text)
  const locale = useLocale()
  const total = (control: ControlOver, of: (test: ControlOver['tests'][number]) => number) =>
    control.tests.reduce((sum, test) => sum + of(test), 0)
  const columns: readonly Column<ControlOver>[] = [
    {
      key: 'control',
      head: said.control,
      width: '2fr',
      narrow: 'lead',
      cell: ({ id, title }) => (
        <Link to={places.periodControl(report.period, id)} className="font-medium hover:text-accent">
          {title[locale]}
        </Link>
      ),
    },
    {
      key: 'bands',
      head: said.bands,
      width: '2fr',
      narrow: 'hide',
      cell: (control) => <PeriodBands of={control} report={report} />,
    },
    {
      key: 'upheld',
      head: said.upheld,
      cell: ({ shares }) => percent(shares.holds, report.through - report.from, locale),
      sort: ({ shares }) => shares.holds,
    },
    {
      key: 'deviations',
      head: said.deviations,
      cell: (control) =>
        numeral(
          total(control, ({ deviations }) => deviations),
          locale,
        ),
      sort: (control) => total(control, ({ deviations }) => deviations),
    },
    {
      key: 'late',
      head: said.late,
      cell: (control) => numeral(total(control, notInTime), locale),
      sort: (control) => total(control, notInTime),
    },
    {
      key: 'unseen',
      head: said.unseen,
      cell: (control) =>
        numeral(
          total(control, ({ unseen }) => unseen),
          locale,
        ),
      sort: (control) => total(control, ({ unseen }) => unseen),
    },
  ]
  return <Table label={said.controls} columns={columns} rows={report.controls} rowKey={({ id }) => id} />
}

function notInTime({ occurrences }: ControlOver['tests'][number]): number {
  return occurrences.late + occurrences.missed + occurrences['not-observed'] + occurrences.overdue
}

function Logs({ of: { start, end } }: { readonly of: PeriodReport['ledger'] }) {
  const said = useWords(text)
  const locale = useLocale()
  const position = (at: PeriodReport['ledger']['start']['internal']) =>
    at === null ? (
      said.noLog
    ) : (
      <>
        {said.entries(numeral(at.size, locale))} <Code>{at.root}</Code>
      </>
    )
  return (
    <Facts
      of={[
        [said.internalStart, position(start.internal)],
        [said.internalEnd, position(end.internal)],
        [said.publicStart, position(start.public)],
        [said.publicEnd, position(end.public)],
      ]}
    />
  )
}
