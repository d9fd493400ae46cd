type Params = Record<string, string>

/** Part of the archive's wordings. */
export const postgresWordings = {
  'server-unreachable': {
    nb: ({ server, reason }: Params) =>
      `PostgreSQL på ${server} svarer ikke: ${reason}. Se etter at tjeneren er oppe, og at adressen i backups.json stemmer.`,
    en: ({ server, reason }: Params) =>
      `PostgreSQL at ${server} does not answer: ${reason}. See that the server is up and the address in backups.json is right.`,
  },
  'server-refused': {
    nb: ({ server, reason }: Params) =>
      `PostgreSQL på ${server} avviste rollen: ${reason}. Rollen trenger passord, REPLICATION og pg_read_all_data, og pg_hba.conf trenger en linje for «replication».`,
    en: ({ server, reason }: Params) =>
      `PostgreSQL at ${server} refused the role: ${reason}. It needs its password, REPLICATION and pg_read_all_data, and pg_hba.conf needs a line for "replication".`,
  },
  'server-failed': {
    nb: ({ server, reason }: Params) =>
      `PostgreSQL på ${server} avbrøt: ${reason}. Se tjenerens logg, og prøv igjen.`,
    en: ({ server, reason }: Params) =>
      `PostgreSQL at ${server} broke off: ${reason}. See the server's log, and try again.`,
  },
  'server-not-fit': {
    nb: ({ server, setting, value, needs }: Params) =>
      `PostgreSQL på ${server} har ${setting} = ${value}; sikkerhetskopier trenger ${needs}.`,
    en: ({ server, setting, value, needs }: Params) =>
      `PostgreSQL at ${server} has ${setting} = ${value}; backups need ${needs}.`,
  },
  'slot-taken': {
    nb: ({ slot, server }: Params) =>
      `Replikeringsplassen ${slot} på ${server} brukes av en annen. La bare én prosess sikkerhetskopiere under dette navnet.`,
    en: ({ slot, server }: Params) =>
      `The replication slot ${slot} at ${server} is used by another. Let one process alone back up under this name.`,
  },
  'another-server': {
    nb: ({ source, expected, found }: Params) =>
      `Arkivets ${source} er databasetjeneren ${expected}, men adressen fører til ${found}. Gi den nye tjeneren et eget navn i backups.json.`,
    en: ({ source, expected, found }: Params) =>
      `${source} in the repository is the database server ${expected}, but the address leads to ${found}. Give the new server a name of its own in backups.json.`,
  },
  'wal-not-archived': {
    nb: ({ lsn, reason }: Params) =>
      `Loggen fram til ${lsn} kom ikke i arkivet: ${reason}. Uten den kan sikkerhetskopien ikke gjenopprettes, så den er forkastet.`,
    en: ({ lsn, reason }: Params) =>
      `The log up to ${lsn} did not reach the repository: ${reason}. Without it the backup cannot be restored, so it was discarded.`,
  },
  'moment-out-of-reach': {
    nb: ({ source, until }: Params) =>
      `Ingen sikkerhetskopi av ${source} ble ferdig før ${until}. Velg et senere tidspunkt; «hevd backups list» viser hva som finnes.`,
    en: ({ source, until }: Params) =>
      `No backup of ${source} was finished before ${until}. Choose a later moment; "hevd backups list" shows what there is.`,
  },
  'programs-missing': {
    nb: ({ major }: Params) =>
      `PostgreSQL ${major} finnes ikke på denne maskinen, og sikkerhetskopien kan bare prøves med den. Installer pakken postgresql-${major}.`,
    en: ({ major }: Params) =>
      `PostgreSQL ${major} is not on this host, and the backup can only be tried with it. Install the package postgresql-${major}.`,
  },
  'restored-not-started': {
    nb: ({ reason }: Params) => `Den gjenopprettede tjeneren startet ikke: ${reason}.`,
    en: ({ reason }: Params) => `The restored server did not start: ${reason}.`,
  },
  'table-differs': {
    nb: ({ table, expected, found }: Params) =>
      `Tabellen ${table} har ${found} rader etter gjenoppretting, ikke ${expected}.`,
    en: ({ table, expected, found }: Params) =>
      `Table ${table} has ${found} rows after restoring, not ${expected}.`,
  },
  'table-missing': {
    nb: ({ table }: Params) => `Tabellen ${table} finnes ikke etter gjenoppretting.`,
    en: ({ table }: Params) => `Table ${table} is not there after restoring.`,
  },
  'index-damaged': {
    nb: ({ index, reason }: Params) =>
      `Indeksen ${index} er skadet: ${reason}. Se etter om den er det på tjeneren også, og bygg den på nytt der (reindex).`,
    en: ({ index, reason }: Params) =>
      `Index ${index} is damaged: ${reason}. See whether it is on the server too, and rebuild it there (reindex).`,
  },
  'table-content-differs': {
    nb: ({ table }: Params) =>
      `Tabellen ${table} har like mange rader etter gjenoppretting, men ikke det samme innholdet.`,
    en: ({ table }: Params) => `Table ${table} has as many rows after restoring, but not the same content.`,
  },
  'table-not-readable': {
    nb: ({ table, reason }: Params) => `Tabellen ${table} kan ikke leses etter gjenoppretting: ${reason}.`,
    en: ({ table, reason }: Params) => `Table ${table} cannot be read after restoring: ${reason}.`,
  },
} as const
