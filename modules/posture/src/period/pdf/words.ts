import type { Bilingual, PolicyState } from '@hevd/core'
import type { ControlOver } from '../contract.ts'

/** Words of the report on paper; those of columns, outcomes and reasons are the tables' own. */
export const said = {
  report: { nb: 'Periodrapport', en: 'Period report' },
  to: { nb: 'til og med', en: 'to' },
  page: { nb: 'Side', en: 'Page' },
  of: { nb: 'av', en: 'of' },
  whole: { nb: 'Hele policyen', en: 'The whole policy' },
  strip: {
    nb: 'Det verste i perioden, kontroll for kontroll',
    en: 'The worst of the period, control by control',
  },
  controls: { nb: 'Kontroller', en: 'Controls' },
  control: { nb: 'Kontroll', en: 'Control' },
  bands: { nb: 'Gjennom perioden', en: 'Over the period' },
  upheld: { nb: 'Overholdt', en: 'Upheld' },
  deviations: { nb: 'Avvik', en: 'Deviations' },
  late: { nb: 'Ikke i tide', en: 'Not in time' },
  unseen: { nb: 'Usett', en: 'Unseen' },
  unwatched: { nb: 'Ikke sett på', en: 'Not looked at' },
  population: { nb: 'Hvem det gjelder', en: 'Whom it is about' },
  source: { nb: 'Kilde', en: 'Source' },
  query: { nb: 'Oppslag', en: 'Look-up' },
  where: { nb: 'Vilkår', en: 'Condition' },
  reconciled: { nb: 'Avstemt mot', en: 'Reconciled with' },
  notReconciled: { nb: 'Ikke avstemt: gjelder dem vi kjenner', en: 'Not reconciled: of those known' },
  counts: { nb: 'Antall', en: 'Count' },
  occurrences: { nb: 'Forfall som ikke ble gjort i tide', en: 'Occurrences that were not met in time' },
  due: { nb: 'Forfall i alt', en: 'Occurrences in all' },
  exceptions: { nb: 'Unntak', en: 'Exceptions' },
  editions: { nb: 'Utgaver som gjaldt', en: 'Editions in force' },
  silences: { nb: 'Tause kilder', en: 'Silent sources' },
  judging: { nb: 'Da ingen vurderte', en: 'When nobody judged' },
  answers: { nb: 'Ledelsens svar', en: 'Management’s answers' },
  answered: { nb: 'Besvart', en: 'Answered' },
  noAnswers: { nb: 'Ledelsen har ikke svart på noe.', en: 'Management has answered nothing.' },
  unproven: { nb: 'Ingen test ser etter', en: 'No test looks at it' },
  nothing: { nb: 'Ingenting i perioden.', en: 'Nothing in the period.' },
  signing: { nb: 'Signering', en: 'Signing' },
  signedBy: { nb: 'Signert av', en: 'Signed by' },
  signedAt: { nb: 'Tidspunkt', en: 'At' },
  single: { nb: 'samme person svarte og signerte', en: 'single approver' },
  digest: { nb: 'Kontrollsum (SHA-256)', en: 'Digest (SHA-256)' },
  unsigned: {
    nb: 'Ikke signert. Rapporten kan komme ut annerledes senere.',
    en: 'Not signed. The report may come out otherwise later.',
  },
  through: { nb: 'Fortalt til', en: 'Told until' },
  logs: { nb: 'Loggene', en: 'The logs' },
  none: { nb: 'Ingen signert ennå', en: 'None signed yet' },
  lasted: { nb: 'Varte', en: 'Lasted' },
  excepted: { nb: 'Unntak', en: 'Excepted' },
  bundle: {
    nb: 'Revisors pakke har rapporten, listene og bevisene; «hevd verify FIL» kontrollerer den uten nett.',
    en: 'The auditor’s bundle has the report, the lists and the proofs; “hevd verify FILE” verifies it offline.',
  },
  prove: {
    nb: 'Kontrollsummen står i virksomhetens interne logg. Revisors pakke har rapporten, listene og bevisene; «hevd verify FIL» kontrollerer den uten nett.',
    en: 'The digest stands in the organisation’s internal log. The auditor’s bundle has the report, the lists and the proofs; “hevd verify FILE” verifies it offline.',
  },
} as const satisfies { readonly [name: string]: Bilingual }

/** How a state is said; the same words as on the screen. */
export const stateSaid: { readonly [S in PolicyState]: Bilingual } = {
  holds: { nb: 'overholdt', en: 'upheld' },
  fails: { nb: 'ikke overholdt', en: 'not upheld' },
  unknown: { nb: 'ukjent', en: 'unknown' },
  excepted: { nb: 'unntak', en: 'exception' },
  'not-applicable': { nb: 'gjelder ikke', en: 'not applicable' },
}

export const logSaid = {
  internalStart: { nb: 'Intern logg ved begynnelsen', en: 'Internal log at the start' },
  internalEnd: { nb: 'Intern logg ved slutten', en: 'Internal log at the end' },
  publicStart: { nb: 'Offentlig logg ved begynnelsen', en: 'Public log at the start' },
  publicEnd: { nb: 'Offentlig logg ved slutten', en: 'Public log at the end' },
} as const

export const counted = {
  population: {
    nb: (start: string, joined: string, ended: string, end: string) =>
      `${start} ved begynnelsen, ${joined} kom til, ${ended} falt fra, ${end} ved slutten`,
    en: (start: string, joined: string, ended: string, end: string) =>
      `${start} at the start, ${joined} joined, ${ended} left, ${end} at the end`,
  },
  rows: {
    nb: (shown: string, all: string) =>
      `De ${shown} første av ${all}. Alle står i CSV-filen og i revisors pakke.`,
    en: (shown: string, all: string) =>
      `The first ${shown} of ${all}. All are in the CSV file and the auditor’s bundle.`,
  },
  entries: { nb: (size: string) => `${size} innførsler`, en: (size: string) => `${size} entries` },
}

export const worstFirst = [
  'fails',
  'unknown',
  'excepted',
  'holds',
  'not-applicable',
] as const satisfies readonly PolicyState[]

/** The worst that a control was in the period; unknown where nothing was said of it. */
export function worstOver({ shares }: ControlOver): PolicyState {
  return worstFirst.find((state) => (shares[state] ?? 0) > 0) ?? 'unknown'
}
