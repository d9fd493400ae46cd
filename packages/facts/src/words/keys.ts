import type * as keys from '../keys.ts'
import type { WordsOf } from './words-of.ts'

const name = { nb: 'Navn', en: 'Name' }

/** Words of facts about the vault and of other places where keys are. */
export const keysWords: WordsOf<(typeof keys)[keyof typeof keys]> = {
  'encryption-key': {
    id: { nb: 'ID', en: 'ID' },
    name,
    kind: { nb: 'Type', en: 'Type' },
    version: { nb: 'Nyeste versjon', en: 'Newest version' },
    rotatedAt: { nb: 'Rotert', en: 'Rotated', reads: 'moment' },
    exportable: { nb: 'Kan eksporteres', en: 'Exportable' },
    deletedAt: { nb: 'Slettet', en: 'Deleted', reads: 'moment' },
  },
  'key-grant': {
    id: { nb: 'ID', en: 'ID' },
    key: { nb: 'Nøkkelens ID', en: 'ID of the key' },
    keyName: { nb: 'Nøkkel', en: 'Key' },
    holder: { nb: 'Hvem', en: 'Who' },
    operations: { nb: 'Operasjoner', en: 'Operations' },
    purpose: { nb: 'Formål', en: 'Purpose' },
    from: { nb: 'Fra', en: 'From' },
    until: { nb: 'Til og med', en: 'Until' },
    askedBy: { nb: 'Bedt om av', en: 'Asked by' },
    approvedBy: { nb: 'Godkjent av', en: 'Approved by' },
    singleApprover: { nb: 'Godkjent av samme person', en: 'Single approver' },
    revokedAt: { nb: 'Trukket tilbake', en: 'Revoked', reads: 'moment' },
  },
  'key-account': {
    id: { nb: 'ID', en: 'ID' },
    name,
    disabledAt: { nb: 'Deaktivert', en: 'Disabled', reads: 'moment' },
    secondFactor: { nb: 'Flerfaktorautentisering', en: 'Multi-factor authentication' },
  },
  'root-key-custody': {
    id: { nb: 'ID', en: 'ID' },
    seal: { nb: 'Forsegling', en: 'Seal' },
    custodians: { nb: 'Nøkkelholdere', en: 'Custodians' },
    threshold: { nb: 'Så mange må til', en: 'How many it takes' },
  },
  'key-store': {
    id: { nb: 'Kortnavn', en: 'Short name' },
    name,
    kind: { nb: 'Slag', en: 'Kind' },
    place: { nb: 'Sted', en: 'Place' },
    reachedBy: { nb: 'Nås av', en: 'Reached by' },
    rotatedOn: { nb: 'Sist rotert', en: 'Last rotated' },
    toldAt: { nb: 'Oppgitt', en: 'Told', reads: 'moment' },
  },
  'key-store-list': {
    id: { nb: 'ID', en: 'ID' },
    confirmedAt: { nb: 'Bekreftet', en: 'Confirmed', reads: 'moment' },
    confirmedBy: { nb: 'Bekreftet av', en: 'Confirmed by' },
    stores: { nb: 'Antall nøkkellagre', en: 'Key stores' },
  },
  'key-file': {
    host: { nb: 'Maskin', en: 'Host' },
    path: { nb: 'Fil', en: 'File' },
    kind: { nb: 'Hva det er', en: 'What it is' },
    encrypted: { nb: 'Krever passordfrase', en: 'Needs a passphrase' },
    fingerprint: { nb: 'Fingeravtrykk', en: 'Fingerprint' },
    secrets: { nb: 'Hemmeligheter', en: 'Secrets' },
    mode: { nb: 'Rettigheter', en: 'Permissions' },
    openTo: { nb: 'Kan leses av', en: 'Can be read by' },
  },
}
