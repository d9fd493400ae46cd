import type { Bilingual } from '@hevd/core'
import type { CellKind, ColumnView, TableName } from './contract.ts'

const column = (key: string, kind: CellKind, nb: string, en: string): ColumnView => ({
  key,
  kind,
  title: { nb, en },
})

const control = column('control', 'control', 'Kontroll', 'Control')
const test = column('test', 'test', 'Test', 'Test')
const subject = column('subject', 'subject', 'Kontrollobjekt', 'Subject')
const why = column('why', 'reason', 'Hvorfor', 'Why')
const from = column('from', 'instant', 'Fra', 'From')
const until = column('until', 'instant', 'Til', 'Until')
const lasted = column('lasted', 'duration', 'Varte i perioden', 'Lasted in the period')

/** The columns of each table, in the order in which they are shown and exported. */
export const columnsOf: { readonly [N in TableName]: readonly ColumnView[] } = {
  population: [
    test,
    subject,
    column('joined', 'instant', 'Kom til', 'Joined'),
    column('ended', 'instant', 'Falt fra', 'Left'),
    column('holds', 'duration', 'Overholdt', 'Upheld'),
    column('fails', 'duration', 'Ikke overholdt', 'Not upheld'),
    column('unknown', 'duration', 'Ukjent', 'Unknown'),
  ],
  deviations: [
    test,
    subject,
    why,
    from,
    until,
    lasted,
    column('since', 'instant', 'Har sviktet siden', 'Failing since'),
    column('begun', 'count', 'Begynte å svikte, ganger', 'Began to fail, times'),
    column('exception', 'text', 'Unntak', 'Exception'),
    column('excepted', 'duration', 'Dekket av unntak', 'Covered by exceptions'),
    column('answer', 'text', 'Ledelsens svar', 'Management’s answer'),
  ],
  unseen: [test, subject, why, from, until, lasted],
  silences: [column('source', 'source', 'Kilde', 'Source'), from, until, lasted],
  judging: [column('what', 'reason', 'Hva', 'What'), from, until, lasted],
  occurrences: [
    test,
    subject,
    column('due', 'instant', 'Frist', 'Due'),
    column('state', 'reason', 'Utfall', 'Outcome'),
    column('discharged', 'instant', 'Gjort', 'Done'),
    column('recorded', 'instant', 'Registrert', 'Recorded'),
  ],
  editions: [
    control,
    column('number', 'count', 'Utgave', 'Edition'),
    from,
    until,
    column('approved_by', 'account', 'Godkjent av', 'Approved by'),
    column('policy_digest', 'digest', 'Ordlyd og krav (SHA-256)', 'Words and requirements (SHA-256)'),
    column('tests_digest', 'digest', 'Tester (SHA-256)', 'Tests (SHA-256)'),
    column('parameters', 'parameters', 'Krav', 'Requirements'),
  ],
  exceptions: [
    test,
    subject,
    column('why', 'reason', 'Dekker', 'Covers'),
    column('reason', 'text', 'Begrunnelse', 'Reason given'),
    from,
    until,
    column('requested_by', 'account', 'Bedt om av', 'Asked for by'),
    column('approved_by', 'account', 'Godkjent av', 'Approved by'),
    column('single', 'flag', 'Samme person', 'Single approver'),
  ],
  answers: [
    control,
    test,
    subject,
    column('deviation', 'instant', 'Avvik fra', 'Deviation from'),
    column('text', 'text', 'Svar', 'Answer'),
    column('by', 'account', 'Svart av', 'Answered by'),
    column('at', 'instant', 'Tidspunkt', 'At'),
  ],
}

/** What became of an occurrence, in words. */
export const outcomeWords: { readonly [state: string]: Bilingual } = {
  met: { nb: 'I tide', en: 'Met' },
  late: { nb: 'For sent', en: 'Late' },
  missed: { nb: 'Uteble', en: 'Missed' },
  'not-observed': { nb: 'Ikke sett', en: 'Not observed' },
  overdue: { nb: 'Over fristen', en: 'Overdue' },
  open: { nb: 'Ikke forfalt', en: 'Open' },
}

/** Why nothing was judged. */
export const judgingWords: { readonly [kind: string]: Bilingual } = {
  silent: { nb: 'Ingen vurderte', en: 'Nobody judged' },
  halted: {
    nb: 'Klokkene var uenige, så vurderingen sto stille',
    en: 'The clocks disagreed, so judging stood still',
  },
}
