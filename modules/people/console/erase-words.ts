import type { ErasureView, Hindrance } from '@hevd/people/contract'
import { words } from '@hevd/ui'

/** The steps of an erasure, as they are told. */
export const stateWords = words({
  asked: { nb: 'Venter på godkjenning', en: 'Waits for approval' },
  registers: { nb: 'Tas ut av registrene', en: 'Leaving the registers' },
  history: { nb: 'Tas ut av funn og historikk', en: 'Leaving findings and history' },
  looking: { nb: 'Ser etter navnet i alle tabeller', en: 'Looking for the name in every table' },
  key: { nb: 'Nøkkelen slettes', en: 'The key is being erased' },
  rewriting: { nb: 'Databasen skrives om', en: 'The database is being rewritten' },
  done: { nb: 'Slettet', en: 'Erased' },
  stopped: { nb: 'Stanset', en: 'Stopped' },
} satisfies Record<ErasureView['state'], unknown>)

export const waitWords = words({
  approval: {
    nb: 'En annen administrator må godkjenne, fordi så mange slettes på én gang.',
    en: 'Another administrator must approve, since so many are erased at once.',
  },
  judging: {
    nb: 'Venter til det som er endret, er vurdert på nytt.',
    en: 'Waits until what was changed has been judged anew.',
  },
  remains: {
    nb: 'Navnet står fremdeles et sted. Det prøves igjen om fem minutter.',
    en: 'The name still stands somewhere. It is tried again in five minutes.',
  },
  database: {
    nb: 'Databasen er virksomhetens egen. Slettede rader ligger på disken til den er skrevet om: be den som drifter den, kjøre «hevd erase finish».',
    en: 'The database is the organisation’s own. Deleted rows lie on disk until it is rewritten: have its operator run “hevd erase finish”.',
  },
} satisfies Record<NonNullable<ErasureView['waits']>, unknown>)

export const hindranceWords = words({
  employed: {
    nb: 'Personen har ikke sluttet. Sett en siste dag først.',
    en: 'The person has not left. Set a last day first.',
  },
  'not-due': {
    nb: 'Oppbevaringstiden er ikke ute. Skriv hvorfor personen skal slettes nå.',
    en: 'The retention has not passed. Write why the person is to be erased now.',
  },
  sponsor: { nb: 'Svarer for innleide', en: 'Answers for contractors' },
  service: { nb: 'Eier tjenester', en: 'Owns services' },
  access: { nb: 'Har tilganger som gjelder', en: 'Has access in force' },
  'data-set': { nb: 'Eier datasett', en: 'Owns data sets' },
  'backup-reader': { nb: 'Kan lese sikkerhetskopier', en: 'Can read backups' },
} satisfies Record<Hindrance['what'], unknown>)

/** Where a name can stand, by the part of the database that holds it. */
export const placeWords = words({
  people: { nb: 'Personer, tjenester og kontoeiere', en: 'People, services and owners of accounts' },
  access: { nb: 'Tilganger og gjennomganger av dem', en: 'Access and reviews of it' },
  data: { nb: 'Dataregisteret', en: 'The register of data' },
  backups: { nb: 'Registeret over sikkerhetskopier', en: 'The register of backups' },
  hosts: { nb: 'Maskinregisteret', en: 'The register of hosts' },
  feeds: { nb: 'Det maskiner og registre har sagt', en: 'What hosts and registers have said' },
  posture: { nb: 'Funn, historikk, unntak og perioder', en: 'Findings, history, exceptions and periods' },
  amendments: { nb: 'Utkast til policyen', en: 'Drafts of the policy' },
  notices: { nb: 'Varsler', en: 'Notices' },
  identity: { nb: 'Brukere av Hevd', en: 'Accounts of Hevd' },
  ledger: { nb: 'Loggen', en: 'The log' },
})

/** Rows by place, those with most of them first. */
export function placesOf(
  found: readonly { readonly table: string; readonly rows: number }[],
  said: { readonly [place: string]: string },
): readonly { readonly place: string; readonly rows: number }[] {
  const rows = new Map<string, number>()
  for (const { table, rows: count } of found) {
    const schema = table.split('.')[0] ?? table
    const place = said[schema] ?? schema
    rows.set(place, (rows.get(place) ?? 0) + count)
  }
  return [...rows].map(([place, count]) => ({ place, rows: count })).sort((a, b) => b.rows - a.rows)
}
