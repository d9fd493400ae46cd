import type * as backups from '../backups.ts'
import type { WordsOf } from './words-of.ts'

const id = { nb: 'ID', en: 'ID' }
const host = { nb: 'Maskin', en: 'Host' }
const source = { nb: 'Kilde', en: 'Source' }
const plan = { nb: 'Plan', en: 'Plan' }
const backup = { nb: 'Sikkerhetskopi', en: 'Backup' }
const recipient = { nb: 'Mottaker', en: 'Recipient' }
const recipients = { nb: 'Mottakere', en: 'Recipients' }
const digest = { nb: 'Digest', en: 'Digest' }
const kind = { nb: 'Slag', en: 'Kind' }
const outcome = { nb: 'Utfall', en: 'Outcome' }
const code = { nb: 'Feilkode', en: 'Error code' }
const files = { nb: 'Filer', en: 'Files' }
const tables = { nb: 'Tabeller', en: 'Tables' }
const rows = { nb: 'Rader', en: 'Rows' }
const startedAt = { nb: 'Begynte', en: 'Began', reads: 'moment' } as const
const endedAt = { nb: 'Ferdig', en: 'Ended', reads: 'moment' } as const

/** Words of facts about backups and who can read them. */
export const backupsWords: WordsOf<(typeof backups)[keyof typeof backups]> = {
  'backup-plan': {
    id,
    host,
    source,
    of: { nb: 'Kopi av', en: 'Backup of' },
    server: { nb: 'Databasetjener', en: 'Database server' },
    system: { nb: 'Systemidentifikator', en: 'System identifier' },
    target: { nb: 'Lagringssted', en: 'Target' },
    full: { nb: 'Tid mellom fulle', en: 'Time between full ones' },
    incremental: { nb: 'Tid mellom inkrementelle', en: 'Time between incremental ones' },
    log: { nb: 'Loggen tas vare på', en: 'Log is put away' },
    recipients,
    keepAtLeast: { nb: 'Beholdes minst', en: 'Kept at least' },
  },
  backup: {
    id,
    host,
    plan,
    source,
    backup,
    kind,
    parent: { nb: 'Bygger på', en: 'Needs' },
    startedAt,
    endedAt,
    bytes: { nb: 'Størrelse i byte', en: 'Size in bytes' },
    files,
    missed: { nb: 'Kunne ikke leses', en: 'Could not be read' },
    digest,
    recipients,
    headersAt: { nb: 'Filhoder sett på', en: 'Headers looked at', reads: 'moment' },
    readAt: { nb: 'Lest i sin helhet', en: 'Read whole', reads: 'moment' },
    faults: { nb: 'Feil', en: 'Faults' },
    faultCount: { nb: 'Antall feil', en: 'Number of faults' },
  },
  'backup-log': {
    plan,
    host,
    from: { nb: 'Kan gjenopprettes fra', en: 'Can be restored from', reads: 'moment' },
    until: { nb: 'Kan gjenopprettes til', en: 'Can be restored to', reads: 'moment' },
    firstGap: { nb: 'Første hull', en: 'First gap' },
    gaps: { nb: 'Antall hull', en: 'Gaps' },
    plain: { nb: 'Ikke kryptert', en: 'Not encrypted' },
    plainCount: { nb: 'Antall ikke kryptert', en: 'Number not encrypted' },
  },
  'backup-run': { plan, host, kind, startedAt, endedAt, outcome, code },
  'backup-recipient': {
    plan,
    host,
    recipient,
    inPlan: { nb: 'Kan lese nye', en: 'Can read those to come' },
    backups: { nb: 'Kan lese så mange', en: 'Can read so many' },
  },
  'restore-drill': {
    id,
    host,
    source,
    backup,
    digest,
    startedAt,
    endedAt,
    outcome,
    code,
    files,
    tables,
    rows,
  },
  'backup-source': {
    id,
    host,
    source,
    firstSeenAt: { nb: 'Først sett', en: 'First seen', reads: 'moment' },
    endedAt: { nb: 'Avsluttet', en: 'Ended', reads: 'moment' },
  },
  'backup-record': {
    id,
    plan,
    host,
    backup,
    startedAt,
    digest,
    changeAcceptedAt: { nb: 'Endring bekreftet', en: 'Change accepted', reads: 'moment' },
  },
  'drill-record': { id, plan, backup, endedAt, outcome, code, files, tables, rows },
  'recipient-holder': {
    id,
    recipient,
    holder: { nb: 'Hvem', en: 'Who' },
    purpose: { nb: 'Formål', en: 'Purpose' },
    keptAt: { nb: 'Identiteten oppbevares', en: 'Identity is kept' },
    from: { nb: 'Fra', en: 'From' },
    until: { nb: 'Til og med', en: 'Until' },
    askedBy: { nb: 'Bedt om av', en: 'Asked by' },
    approvedBy: { nb: 'Godkjent av', en: 'Approved by' },
    singleApprover: { nb: 'Godkjent av samme person', en: 'Single approver' },
    endedAt: { nb: 'Avsluttet', en: 'Ended', reads: 'moment' },
  },
}
