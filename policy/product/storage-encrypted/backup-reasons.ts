import { type Locale, listed, plural, reason } from '@hevd/core'

const because = (locale: Locale, code: string): string =>
  code === ''
    ? ''
    : { nb: ` Siste kjøring mislyktes (${code}).`, en: ` The last run failed (${code}).` }[locale]

const seeStatus = {
  nb: 'Se «hevd backups status» på maskinen.',
  en: 'See “hevd backups status” on the host.',
}

const faultWords: { readonly [fault: string]: { readonly [L in Locale]: string } } = {
  missing: { nb: 'mangler', en: 'is missing' },
  recipients: { nb: 'har andre mottakere enn det er oppgitt', en: 'has other recipients than it says' },
  size: { nb: 'har feil størrelse', en: 'has the wrong size' },
  digest: { nb: 'har endret innhold', en: 'has changed content' },
  plain: { nb: 'er ikke kryptert', en: 'is not encrypted' },
}

const damaged = (locale: Locale, files: readonly string[], faults: readonly string[]): string =>
  listed(
    locale,
    files.map((file, at) => `${file} ${faultWords[faults[at] ?? '']?.[locale] ?? faults[at] ?? ''}`),
  )

/** Words of what is judged of backups. */
export const backupReasons = {
  'database-not-planned': reason({
    nb: () => 'Ingen maskin har en plan for å sikkerhetskopiere databasen. Lag en med «hevd backups add».',
    en: () => 'No host has a plan to back up the database. Make one with “hevd backups add”.',
  }),
  'plan-gone': reason({
    nb: () =>
      'Sikkerhetskopieringen er tatt ut av backups.json på maskinen. Legg planen tilbake, eller avslutt kilden under «Sikkerhetskopier».',
    en: () =>
      'The plan was taken out of the host’s backups.json. Put it back, or end the source under “Backups”.',
  }),
  'backed-up': reason<{ at: number }>({
    nb: ({ at }, { moment }) => `Siste sikkerhetskopi er fra ${moment(at)}.`,
    en: ({ at }, { moment }) => `The last backup is from ${moment(at)}.`,
  }),
  'not-yet-backed-up': reason<{ code: string }>({
    nb: ({ code }) => `Ingen full sikkerhetskopi ligger i arkivet ennå.${because('nb', code)}`,
    en: ({ code }) => `No full backup lies in the repository yet.${because('en', code)}`,
  }),
  'never-backed-up': reason<{ since: number; code: string }>({
    nb: ({ since, code }, { moment }) =>
      `Planen har vært kjent siden ${moment(since)}, og ingen full sikkerhetskopi er tatt.${because('nb', code)} ${seeStatus.nb}`,
    en: ({ since, code }, { moment }) =>
      `The plan has been known since ${moment(since)}, and no full backup has been made.${because('en', code)} ${seeStatus.en}`,
  }),
  'backup-too-old': reason<{ at: number; kind: string; code: string }>({
    nb: ({ at, kind, code }, { moment }) =>
      `Siste ${kind === 'full' ? 'fulle ' : ''}sikkerhetskopi er fra ${moment(at)}, og tre på rad har uteblitt.${because('nb', code)} ${seeStatus.nb}`,
    en: ({ at, kind, code }, { moment }) =>
      `The last ${kind === 'full' ? 'full ' : ''}backup is from ${moment(at)}, and three in a row are missing.${because('en', code)} ${seeStatus.en}`,
  }),
  'log-not-seen': reason({
    nb: () => 'Det er ikke sett hvor langt databasens logg er tatt vare på.',
    en: () => 'How far the database’s log is put away has not been seen.',
  }),
  'log-gap': reason<{ first: string; count: number }>({
    nb: ({ first, count }) =>
      `Loggen har ${count} ${plural(count, 'hull', 'hull')}, det første ved ${first}, så databasen kan ikke gjenopprettes til etter det. Ta en ny full sikkerhetskopi.`,
    en: ({ first, count }) =>
      `The log has ${count} ${plural(count, 'gap', 'gaps')}, the first at ${first}, so the database cannot be restored to after it. Make a new full backup.`,
  }),
  'log-behind': reason<{ at: number }>({
    nb: ({ at }, { moment }) =>
      `Loggen er tatt vare på til ${moment(at)}; det som er skrevet siden, kan gå tapt. ${seeStatus.nb}`,
    en: ({ at }, { moment }) =>
      `The log is put away up to ${moment(at)}; what was written since can be lost. ${seeStatus.en}`,
  }),
  'backup-plain': reason<{ files: readonly string[] }>({
    nb: ({ files }) =>
      `Ikke kryptert: ${listed('nb', files)}. Slett dem på en betryggende måte, og finn ut hvem som har lagt dem der.`,
    en: ({ files }) =>
      `Not encrypted: ${listed('en', files)}. Delete them securely, and find out who put them there.`,
  }),
  'backup-damaged': reason<{ files: readonly string[]; faults: readonly string[]; count: number }>({
    nb: ({ files, faults, count }) =>
      `Sikkerhetskopien er ikke slik den ble skrevet: ${damaged('nb', files, faults)}${count > files.length ? ` (${count} filer i alt)` : ''}. Ta en ny, og finn ut hvem som kan skrive der.`,
    en: ({ files, faults, count }) =>
      `The backup is not as it was written: ${damaged('en', files, faults)}${count > files.length ? ` (${count} files in all)` : ''}. Make a new one, and find out who can write there.`,
  }),
  'backup-not-looked-at': reason({
    nb: () => 'Filene i sikkerhetskopien er ikke sett på ennå.',
    en: () => 'The files of the backup have not been looked at yet.',
  }),
  'backup-looked-at-long-ago': reason<{ at: number }>({
    nb: ({ at }, { moment }) => `Filene ble sist sett på ${moment(at)}, for lenge siden.`,
    en: ({ at }, { moment }) => `The files were last looked at on ${moment(at)}, too long ago.`,
  }),
  'backup-headers': reason<{ files: number }>({
    nb: ({ files }) =>
      `${files} ${plural(files, 'fil', 'filer')} er age-filer med riktig størrelse og antall mottakere. Innholdet er ikke lest; det gjør øvelsene.`,
    en: ({ files }) =>
      `${files} ${plural(files, 'file is an age file', 'files are age files')} of the right size and number of recipients. The content was not read; drills do that.`,
  }),
  'backup-read': reason<{ files: number; at: number }>({
    nb: ({ files, at }, { moment }) =>
      `${files} ${plural(files, 'fil', 'filer')} er age-filer, og hver byte ble lest ${moment(at)}.`,
    en: ({ files, at }, { moment }) =>
      `${files} ${plural(files, 'file is an age file', 'files are age files')}, and every byte was read on ${moment(at)}.`,
  }),
  'log-plain': reason<{ files: readonly string[]; count: number }>({
    nb: ({ files, count }) =>
      `Deler av loggen er ikke kryptert: ${listed('nb', files)}${count > files.length ? ` (${count} i alt)` : ''}.`,
    en: ({ files, count }) =>
      `Pieces of the log are not encrypted: ${listed('en', files)}${count > files.length ? ` (${count} in all)` : ''}.`,
  }),
  'backup-gone': reason({
    nb: () =>
      'Sikkerhetskopien er borte før den er så gammel som den skulle bli. Finn ut hvem som kan slette i arkivet.',
    en: () =>
      'The backup is gone before it is as old as it was to become. Find out who can delete in the repository.',
  }),
  'backup-changed': reason({
    nb: () =>
      'Sikkerhetskopien er byttet ut eller endret siden den først ble sett. Er den kryptert på nytt, bekreft det under «Sikkerhetskopier»; ellers finn ut hvem som kan skrive i arkivet.',
    en: () =>
      'The backup has been replaced or changed since it was first seen. If it was re-encrypted, confirm that under “Backups”; otherwise find out who can write in the repository.',
  }),
  'backup-change-accepted': reason<{ at: number }>({
    nb: ({ at }, { moment }) => `Slik den var da endringen ble bekreftet, ${moment(at)}.`,
    en: ({ at }, { moment }) => `As it was when its change was confirmed, on ${moment(at)}.`,
  }),
  'backup-not-looked-for': reason({
    nb: () => 'Planen er tatt ut av backups.json, så ingen ser om sikkerhetskopien er der.',
    en: () => 'The plan was taken out of backups.json, so nobody sees whether the backup is there.',
  }),
  'minimum-not-seen': reason<{ target: string }>({
    nb: ({ target }) => `Det er ikke sett hvor lenge arkivet i ${target} beholder det som er der.`,
    en: ({ target }) => `How long the repository in ${target} keeps what is there has not been seen.`,
  }),
  'minimum-too-short': reason<{ target: string }>({
    nb: ({ target }) =>
      `Arkivet i ${target} slipper sikkerhetskopier tidligere enn policyen tillater. Hev minstetiden der.`,
    en: ({ target }) =>
      `The repository in ${target} lets go of backups sooner than the policy allows. Raise its minimum.`,
  }),
  'source-ended': reason({
    nb: () => 'Kilden er avsluttet.',
    en: () => 'The source has been ended.',
  }),
  'drill-overdue': reason<{ on: string }>({
    nb: ({ on }, { date }) =>
      `En gjenopprettingsøvelse skulle vært gjort innen ${date(on)}. Kjør «hevd backups drill» der identiteten er.`,
    en: ({ on }, { date }) =>
      `A restore drill was due on ${date(on)}. Run “hevd backups drill” where the identity is.`,
  }),
  'drill-failed': reason<{ at: number; backup: string; code: string }>({
    nb: ({ at, backup, code }, { moment }) =>
      `Øvelsen ${moment(at)} mislyktes for ${backup}${code === '' ? '' : ` (${code})`}. Ta en ny full sikkerhetskopi, og øv på den.`,
    en: ({ at, backup, code }, { moment }) =>
      `The drill on ${moment(at)} failed for ${backup}${code === '' ? '' : ` (${code})`}. Make a new full backup, and drill with it.`,
  }),
  'drill-passed': reason<{ at: number; tables: number; files: number }>({
    nb: ({ at, tables, files }, { moment }) =>
      `Gjenopprettet og sammenlignet ${moment(at)} (${tables > 0 ? `${tables} ${plural(tables, 'tabell', 'tabeller')}` : `${files} ${plural(files, 'fil', 'filer')}`}).`,
    en: ({ at, tables, files }, { moment }) =>
      `Restored and compared on ${moment(at)} (${tables > 0 ? `${tables} ${plural(tables, 'table', 'tables')}` : `${files} ${plural(files, 'file', 'files')}`}).`,
  }),
  'reader-declared': reason<{ until: string }>({
    nb: ({ until }, { date }) => `Den som har identiteten, er oppgitt og godkjent til og med ${date(until)}.`,
    en: ({ until }, { date }) => `Who has the identity is told, and approved until ${date(until)}.`,
  }),
  'reader-undeclared': reason({
    nb: () =>
      'Ingen har oppgitt hvem som har identiteten til denne mottakeren. Før det opp under «Sikkerhetskopier», eller krypter på nytt uten den.',
    en: () =>
      'Nobody has told who has the identity of this recipient. Enter it under “Backups”, or re-encrypt without it.',
  }),
  'reader-over': reason<{ until: string }>({
    nb: ({ until }, { date }) =>
      `Ingen skal lenger kunne lese med denne mottakeren (${date(until)}). Ta den ut av planen, og krypter på nytt uten den.`,
    en: ({ until }, { date }) =>
      `Nobody is to read by this recipient any more (${date(until)}). Take it out of the plan, and re-encrypt without it.`,
  }),
  'reader-own-approval': reason({
    nb: () => 'Den som ba om det, har godkjent det selv. Avslutt det, og la en annen godkjenne.',
    en: () => 'Whoever asked for it has approved it too. End it, and let somebody else approve.',
  }),
  'reader-not-there': reason({
    nb: () =>
      'Den som er oppgitt å ha identiteten, står ikke i registeret. Avslutt det, og krypter på nytt uten mottakeren.',
    en: () =>
      'Whoever is told to have the identity is not in the register. End it, and re-encrypt without the recipient.',
  }),
  'reader-left': reason<{ on: string }>({
    nb: ({ on }, { date }) =>
      `Den som har identiteten, sluttet ${date(on)}. Ta mottakeren ut av planen, og krypter på nytt uten den.`,
    en: ({ on }, { date }) =>
      `Whoever has the identity left on ${date(on)}. Take the recipient out of the plan, and re-encrypt without it.`,
  }),
}
