type Words = { readonly nb: string; readonly en: string }
type Parameters = { readonly [name: string]: string | number }
type Wording = { readonly nb: (given: Parameters) => string; readonly en: (given: Parameters) => string }

/** What can go wrong, with the remedy. The table in README.md lists the same codes; a test compares them. */
export const columnsErrors = {
  'declaration-wrong': {
    nb: ({ where, what }) => `Deklarasjonen av ${where} er feil: ${what}.`,
    en: ({ where, what }) => `The declaration of ${where} is wrong: ${what}.`,
  },
  'table-unknown': {
    nb: ({ table }) => `Tabellen ${table} er ikke deklarert. Legg den til i «tables».`,
    en: ({ table }) => `The table ${table} is not declared. Add it to "tables".`,
  },
  'value-unfit': {
    nb: ({ column, type }) =>
      `Verdien til ${column} er ikke av typen ${type}. Rett verdien, eller deklarer en annen type.`,
    en: ({ column, type }) =>
      `The value for ${column} is not of type ${type}. Mend the value, or declare another type.`,
  },
  'row-id-needed': {
    nb: ({ table, id }) =>
      `Krypterte verdier i ${table} er bundet til raden, så ${id} må være kjent og være med. Lag id-en i applikasjonen (for eksempel UUIDv7), og ta den med når du leser og skriver.`,
    en: ({ table, id }) =>
      `Encrypted values in ${table} are bound to their row, so ${id} must be known and present. Make the id in the application (a UUIDv7, for example), and name it when you read and write.`,
  },
  'row-id-unfit': {
    nb: ({ table }) => `En rad-id i ${table} er tekst, et heltall eller en UUID, ikke noe annet.`,
    en: ({ table }) => `A row id in ${table} is text, an integer or a UUID, and nothing else.`,
  },
  'tenant-needed': {
    nb: ({ table, tenant }) =>
      `Krypterte verdier i ${table} er bundet til leietakeren, så ${tenant} må være med i raden.`,
    en: ({ table, tenant }) =>
      `Encrypted values in ${table} are bound to their tenant, so ${tenant} must be present in the row.`,
  },
  'not-encrypted': {
    nb: ({ column }) =>
      `${column} inneholder klartekst. Krypter tabellen med encryptTable, eller åpne kolonnen med «migrating» mens det pågår.`,
    en: ({ column }) =>
      `${column} holds plain text. Encrypt the table with encryptTable, or open the column as "migrating" while that goes on.`,
  },
  'envelope-malformed': {
    nb: ({ column }) =>
      `Verdien i ${column} er avkortet, endret eller skrevet av en nyere versjon. Oppgrader biblioteket, eller hent raden fra en sikkerhetskopi.`,
    en: ({ column }) =>
      `The value in ${column} is cut short, altered, or written by a newer version. Upgrade the library, or restore the row from a backup.`,
  },
  'key-unknown': {
    nb: ({ column, version }) =>
      `${column} er kryptert med nøkkelversjon ${version}, som ikke finnes i nøkkelringen. Sjekk at databasen og nøkkelringen hører sammen.`,
    en: ({ column, version }) =>
      `${column} is encrypted with key version ${version}, which is not in the keyring. Check that database and keyring belong together.`,
  },
  'key-refused': {
    nb: ({ column, version }) =>
      `${column} er kryptert med nøkkelversjon ${version}, som ikke lenger godtas. En gammel verdi kan være lagt tilbake; hent raden fra en nyere kopi.`,
    en: ({ column, version }) =>
      `${column} is encrypted with key version ${version}, which is no longer accepted. An old value may have been put back; restore the row from a newer copy.`,
  },
  'not-authentic': {
    nb: ({ column }) =>
      `Verdien i ${column} er endret, flyttet fra en annen rad, kolonne, tabell eller leietaker, eller skrevet med en annen nøkkel eller type. Den åpnes ikke.`,
    en: ({ column }) =>
      `The value in ${column} was altered, moved from another row, column, table or tenant, or written with another key or type. It is not opened.`,
  },
  'not-sealed': {
    nb: ({ column }) => `Klartekst var på vei til den krypterte kolonnen ${column}. Forsegl raden først.`,
    en: ({ column }) => `Plain text was on its way to the encrypted column ${column}. Seal the row first.`,
  },
  'not-searchable': {
    nb: ({ column, how }) =>
      `${column} er kryptert og kan ikke brukes i ${how}. Bare likhet over en deklarert indeks kan søkes.`,
    en: ({ column, how }) =>
      `${column} is encrypted and cannot be used in ${how}. Only equality over a declared index can be searched.`,
  },
  'index-truncated': {
    nb: ({ column }) =>
      `Indeksen til ${column} er avkortet og finner også andre rader. Søk med «candidates», åpne radene og sammenlign.`,
    en: ({ column }) =>
      `The index of ${column} is truncated and finds other rows too. Search by "candidates", open the rows and compare.`,
  },
  'index-shape-differs': {
    nb: ({ column, declared, stored }) =>
      `Indeksen til ${column} er laget som ${stored}, men deklarert som ${declared}. Deklarer en annen kolonne for den endrede indeksen, og kjør prepareColumns og encryptTable.`,
    en: ({ column, declared, stored }) =>
      `The index of ${column} was made as ${stored} but is declared as ${declared}. Declare another column for the changed index, and run prepareColumns and encryptTable.`,
  },
  'not-translatable': {
    nb: ({ what }) => `Denne spørringen kan ikke oversettes sikkert: ${what}.`,
    en: ({ what }) => `This query cannot be translated safely: ${what}.`,
  },
  'no-key': {
    nb: ({ column, purpose }) =>
      `Nøkkelringen har ingen brukbar ${purpose}-nøkkel for ${column}. Kjør prepareColumns én gang, med rollen som eier databasen.`,
    en: ({ column, purpose }) =>
      `The keyring has no usable ${purpose} key for ${column}. Run prepareColumns once, as the role that owns the database.`,
  },
  'keys-expired': {
    nb: ({ reason }) =>
      `Nøklene i minnet er utløpt og kunne ikke hentes på nytt: ${reason}. Prøv igjen når nøkkeltjeneren svarer.`,
    en: ({ reason }) =>
      `The keys in memory have expired and could not be fetched anew: ${reason}. Try again when the key server answers.`,
  },
  'key-in-use': {
    nb: ({ column, what }) => `${column}: ${what}. Kjør encryptTable til den er ferdig, og prøv igjen.`,
    en: ({ column, what }) => `${column}: ${what}. Run encryptTable until it has finished, and try again.`,
  },
  'key-file-unreadable': {
    nb: ({ path, reason }) =>
      `Nøkkelfilen ${path} kan ikke leses (${reason}). Lag den med makeKeyFile, eller hent den fra sikkerhetskopien av nøkler.`,
    en: ({ path, reason }) =>
      `The key file ${path} cannot be read (${reason}). Make it with makeKeyFile, or restore it from the backup of keys.`,
  },
  'key-file-open-to-others': {
    nb: ({ path, mode }) => `Nøkkelfilen ${path} kan leses av andre (${mode}). Kjør «chmod 600 ${path}».`,
    en: ({ path, mode }) => `The key file ${path} can be read by others (${mode}). Run "chmod 600 ${path}".`,
  },
  'key-file-malformed': {
    nb: ({ path, line }) =>
      `Linje ${line} i nøkkelfilen ${path} er ikke en nøkkel. Hent filen fra sikkerhetskopien av nøkler.`,
    en: ({ path, line }) =>
      `Line ${line} of the key file ${path} is not a key. Restore the file from the backup of keys.`,
  },
  'key-file-exists': {
    nb: ({ path }) =>
      `Nøkkelfilen ${path} finnes fra før og overskrives ikke. Legg til en ny nøkkel med addRootKey.`,
    en: ({ path }) => `The key file ${path} exists and is not written over. Add a new key with addRootKey.`,
  },
  'wrapped-unfit': {
    nb: ({ provider }) =>
      `En datanøkkel i nøkkelringen lar seg ikke pakke ut av ${provider}. Bruk hovednøkkelen som den ble pakket med.`,
    en: ({ provider }) =>
      `A data key in the keyring cannot be unwrapped by ${provider}. Use the root key that wrapped it.`,
  },
  'provider-denied': {
    nb: ({ provider, said }) =>
      `${provider} nektet (403${said}). Tokenet er utløpt, eller policyen gir ikke adgang til nøkkelen.`,
    en: ({ provider, said }) =>
      `${provider} refused (403${said}). The token has expired, or its policy does not allow the key.`,
  },
  'provider-key-missing': {
    nb: ({ provider, said }) =>
      `${provider} kjenner ikke nøkkelen eller stedet (404${said}). Opprett nøkkelen, eller rett navnet.`,
    en: ({ provider, said }) =>
      `${provider} does not know the key or the mount (404${said}). Create the key, or correct its name.`,
  },
  'provider-sealed': {
    nb: ({ provider, said }) =>
      `${provider} er forseglet eller i vedlikehold (503${said}). Åpne den, og prøv igjen.`,
    en: ({ provider, said }) =>
      `${provider} is sealed or in maintenance (503${said}). Unseal it, and try again.`,
  },
  'provider-refused': {
    nb: ({ provider, status, said }) => `${provider} svarte ${status}${said}.`,
    en: ({ provider, status, said }) => `${provider} answered ${status}${said}.`,
  },
  'provider-unreachable': {
    nb: ({ provider, reason }) => `${provider} svarer ikke: ${reason}.`,
    en: ({ provider, reason }) => `${provider} does not answer: ${reason}.`,
  },
  'column-unfit': {
    nb: ({ column, found, wanted }) =>
      `${column} i databasen er ${found}, men må være ${wanted} for å romme krypterte verdier.`,
    en: ({ column, found, wanted }) =>
      `${column} in the database is ${found}, but must be ${wanted} to hold encrypted values.`,
  },
  'id-not-unique': {
    nb: ({ table, id }) =>
      `${id} er ikke primærnøkkel eller entydig i ${table}. Deklarer kolonnene som er det, som «id».`,
    en: ({ table, id }) =>
      `${id} is not the primary key of ${table}, nor unique and not null. Declare the columns that are, as "id".`,
  },
  'taken-over': {
    nb: ({ table }) => `En annen prosess har overtatt krypteringen av ${table}. La den fullføre.`,
    en: ({ table }) => `Another process has taken over the encryption of ${table}. Let it finish.`,
  },
  'still-plain': {
    nb: ({ table, count, passes }) =>
      `Etter ${passes} gjennomganger måtte ${count} rader i ${table} fortsatt endres: en applikasjon skriver dem på den gamle måten. Oppgrader den, og kjør encryptTable igjen.`,
    en: ({ table, count, passes }) =>
      `After ${passes} passes ${count} rows of ${table} still had to be changed: an application writes them the old way. Upgrade it, and run encryptTable again.`,
  },
  'rows-unreadable': {
    nb: ({ table, count }) =>
      `${count} rader i ${table} har verdier som ikke kan åpnes; de er ikke rørt (se «unreadable»). Rett dem, og kjør encryptTable igjen.`,
    en: ({ table, count }) =>
      `${count} rows of ${table} hold values that cannot be opened; they were not touched (see "unreadable"). Mend them, and run encryptTable again.`,
  },
  duplicate: {
    nb: ({ table, constraint }) =>
      `To rader i ${table} har samme verdi, og ${constraint} tillater bare én. Fjern den ene, og kjør encryptTable igjen.`,
    en: ({ table, constraint }) =>
      `Two rows of ${table} have the same value, and ${constraint} allows only one. Remove one, and run encryptTable again.`,
  },
} as const satisfies Record<string, Wording>

export type ColumnsErrorCode = keyof typeof columnsErrors

/**
 * The one error of this package. `message` is English, `words` has both languages; neither holds a value, a key or a
 * row's id. `code` says which row of the README's table it is.
 */
export class ColumnsError extends Error {
  override readonly name = 'ColumnsError'
  readonly code: ColumnsErrorCode
  readonly words: Words

  constructor(code: ColumnsErrorCode, given: Parameters = {}, cause?: unknown) {
    const wording: Wording = columnsErrors[code]
    const words = { nb: wording.nb(given), en: wording.en(given) }
    super(words.en, cause === undefined ? undefined : { cause })
    this.code = code
    this.words = words
  }
}
