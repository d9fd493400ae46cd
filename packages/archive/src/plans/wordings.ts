import type { Wording } from '@hevd/core'

/** What can be wrong with backups.json, with what is run by it, and with what is kept about that. */
export const planWordings = {
  'settings-missing': {
    nb: ({ path }) => `${path} finnes ikke. Lag den med «hevd backups init».`,
    en: ({ path }) => `${path} does not exist. Make it with "hevd backups init".`,
  },
  'settings-exist': {
    nb: ({ path }) =>
      `${path} finnes allerede og blir ikke skrevet over. Legg til en plan med «hevd backups add».`,
    en: ({ path }) => `${path} exists already and is not written over. Add a plan with "hevd backups add".`,
  },
  'settings-not-valid': {
    nb: ({ path, field, wants }) => `${path}: feltet ${field} er ikke gyldig. Det skal være: ${wants}.`,
    en: ({ path, field, wants }) => `${path}: the field ${field} is not valid. It should be: ${wants}.`,
  },
  'settings-unknown-field': {
    nb: ({ path, field }) => `${path}: feltet ${field} er ukjent. Se etter skrivefeil, eller fjern det.`,
    en: ({ path, field }) =>
      `${path}: the field ${field} is unknown. See whether it is misspelt, or remove it.`,
  },
  'settings-exposed': {
    nb: ({ path }) => `${path} inneholder et passord og kan leses av andre. Kjør: chmod 600 ${path}`,
    en: ({ path }) => `${path} holds a password and can be read by others. Run: chmod 600 ${path}`,
  },
  'settings-writable': {
    nb: ({ path }) =>
      `Andre kan skrive i ${path}, og dermed bytte ut hvem som kan lese sikkerhetskopiene. Kjør: chmod go-w ${path}`,
    en: ({ path }) =>
      `Others can write in ${path}, and so change who can read the backups. Run: chmod go-w ${path}`,
  },
  'plan-unknown': {
    nb: ({ plan, known }) => `Det finnes ingen plan «${plan}». Planene er: ${known}.`,
    en: ({ plan, known }) => `There is no plan "${plan}". The plans are: ${known}.`,
  },
  'plan-exists': {
    nb: ({ plan }) => `Det finnes allerede en plan «${plan}». Velg et annet navn, eller fjern den først.`,
    en: ({ plan }) => `There is a plan "${plan}" already. Choose another name, or remove it first.`,
  },
  'already-running': {
    nb: ({ what, pid }) =>
      `${what} kjører allerede (prosess ${pid}). Vent til den er ferdig, eller stopp den.`,
    en: ({ what, pid }) =>
      `${what} is running already (process ${pid}). Wait until it has ended, or stop it.`,
  },
  'state-not-readable': {
    nb: ({ path, reason }) =>
      `${path} kan ikke leses: ${reason}. Flytt filen bort; sikkerhetskopiene selv berøres ikke, bare historien om kjøringene.`,
    en: ({ path, reason }) =>
      `${path} cannot be read: ${reason}. Move it away; the backups themselves are not touched, only the history of the runs.`,
  },
  'identity-not-readable': {
    nb: ({ path, reason }) =>
      `Identiteten ${path} kan ikke leses: ${reason}. Gi banen til en fil fra «hevd backups keygen».`,
    en: ({ path, reason }) =>
      `The identity ${path} cannot be read: ${reason}. Give the path of a file made by "hevd backups keygen".`,
  },
  'identity-exposed': {
    nb: ({ path }) => `Identiteten ${path} kan leses av andre. Kjør: chmod 600 ${path}`,
    en: ({ path }) => `The identity ${path} can be read by others. Run: chmod 600 ${path}`,
  },
  'source-not-read': {
    nb: ({ source, count }) =>
      `${count} filer eller mapper av ${source} kunne ikke leses, og er ikke med i kopien. Kjør som en bruker som kan lese dem, eller utelat dem med «exclude».`,
    en: ({ source, count }) =>
      `${count} files or folders of ${source} could not be read and are not in the backup. Run as a user who can read them, or leave them out with "exclude".`,
  },
  'unknown-error': {
    nb: ({ code }) => `Noe gikk galt som denne Hevd ikke kjenner: ${code}. Oppgrader Hevd, og se igjen.`,
    en: ({ code }) =>
      `Something went wrong that this Hevd does not know: ${code}. Upgrade Hevd, and look again.`,
  },
  'no-own-database': {
    nb: ({ home }) =>
      `Ingen database kjøres under ${home}, så «own» finnes ikke. Skriv databasens adresse i planen: postgresql://rolle:passord@vert/postgres.`,
    en: ({ home }) =>
      `No database is run under ${home}, so there is no "own". Write the address of the database in the plan: postgresql://role:password@host/postgres.`,
  },
} as const satisfies { readonly [code: string]: Wording<Record<string, string>> }
