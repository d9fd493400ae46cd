import type { Bilingual, Wording } from '@hevd/core'
import { ageWordings } from './age/wordings.ts'
import { planWordings } from './plans/wordings.ts'
import { postgresWordings } from './postgres/wordings.ts'

type Worded = { readonly [code: string]: Wording<Record<string, string>> }

/** What is wrong and the remedy, per code. The table in README.md lists the same codes; a test compares them. */
export const wordings = {
  'target-not-valid': {
    nb: ({ field, reason }) => `Feltet ${field} i lagringsstedet er ikke gyldig: ${reason}.`,
    en: ({ field, reason }) => `The field ${field} of the target is not valid: ${reason}.`,
  },
  'target-unreachable': {
    nb: ({ target, reason }) =>
      `${target} kan ikke nås: ${reason}. Se etter at stedet er oppe og at adressen stemmer, og prøv igjen.`,
    en: ({ target, reason }) =>
      `${target} cannot be reached: ${reason}. See that the place is up and the address is right, and try again.`,
  },
  'target-refused': {
    nb: ({ target, reason }) =>
      `${target} avviste forespørselen: ${reason}. Gi kontoen rett til å liste, lese, skrive og slette der.`,
    en: ({ target, reason }) =>
      `${target} refused: ${reason}. Give the account the right to list, read, write and delete there.`,
  },
  'target-full': {
    nb: ({ target }) => `${target} er fullt. Frigjør plass, eller utvid lagringen.`,
    en: ({ target }) => `${target} is full. Make room there, or enlarge it.`,
  },
  'host-key-unknown': {
    nb: ({ target, expected, found }) =>
      `${target} viste vertsnøkkelen ${found}, ikke ${expected}. Ingenting ble sendt. Hvis tjeneren har fått ny nøkkel, kontroller fingeravtrykket hos den som driver den, og skriv det i hostKey.`,
    en: ({ target, expected, found }) =>
      `${target} showed the host key ${found}, not ${expected}. Nothing was sent. If the server has a new key, check its fingerprint with those who run it and write it as hostKey.`,
  },
  'path-outside': {
    nb: ({ target, path }) =>
      `Banen «${path}» fører ut av ${target} eller går gjennom en symbolsk lenke. Fjern lenken, eller pek lagringsstedet dit den fører.`,
    en: ({ target, path }) =>
      `The path "${path}" leads out of ${target} or through a symbolic link. Remove the link, or point the target to where it leads.`,
  },
  'file-missing': {
    nb: ({ target, path }) => `Filen ${path} finnes ikke i ${target}.`,
    en: ({ target, path }) => `The file ${path} is not in ${target}.`,
  },
  'repository-missing': {
    nb: ({ target }) => `${target} har ikke noe arkiv. Opprett det med «hevd backups init».`,
    en: ({ target }) => `${target} has no repository. Make it with "hevd backups init".`,
  },
  'repository-exists': {
    nb: ({ target }) => `${target} har allerede et arkiv. Bruk det som det er, eller velg et annet sted.`,
    en: ({ target }) => `${target} already has a repository. Use it as it is, or choose another place.`,
  },
  'repository-not-valid': {
    nb: ({ target, path, reason }) =>
      `${path} i ${target} kan ikke leses: ${reason}. Er den skrevet av en nyere Hevd, oppgrader denne; ellers hent filen tilbake.`,
    en: ({ target, path, reason }) =>
      `${path} in ${target} cannot be read: ${reason}. If a newer Hevd wrote it, upgrade this one; otherwise restore the file.`,
  },
  'minimum-lowered': {
    nb: ({ kept, asked }) =>
      `Arkivet lover å beholde alt i minst ${kept}; det kan heves, men ikke senkes til ${asked}. Bruk et nytt arkiv for kortere tid.`,
    en: ({ kept, asked }) =>
      `The repository promises to keep everything for at least ${kept}; that can be raised, but not lowered to ${asked}. Use a new repository for a shorter time.`,
  },
  'backup-missing': {
    nb: ({ source, id }) =>
      `Det finnes ingen hel sikkerhetskopi ${id} av ${source}. Se dem med «hevd backups list».`,
    en: ({ source, id }) => `There is no whole backup ${id} of ${source}. See them with "hevd backups list".`,
  },
  'backup-changed': {
    nb: ({ path, expected, found }) =>
      `${path} er ikke slik den ble skrevet (ventet ${expected}, fant ${found}). Bruk en annen sikkerhetskopi, og finn ut hvem som kan skrive der.`,
    en: ({ path, expected, found }) =>
      `${path} is not as it was written (expected ${expected}, found ${found}). Use another backup, and find out who can write there.`,
  },
  'wal-missing': {
    nb: ({ source, segment }) =>
      `WAL-segmentet ${segment} av ${source} mangler, så gjenoppretting forbi det er ikke mulig. Velg et tidligere tidspunkt, eller en senere full sikkerhetskopi.`,
    en: ({ source, segment }) =>
      `WAL segment ${segment} of ${source} is missing, so nothing after it can be restored. Choose an earlier moment, or a later full backup.`,
  },
  'into-not-empty': {
    nb: ({ into }) => `${into} er ikke tom. Gjenopprett til en ny mappe.`,
    en: ({ into }) => `${into} is not empty. Restore into a new folder.`,
  },
  'entry-unsafe': {
    nb: ({ name, reason }) =>
      `Sikkerhetskopien inneholder «${name}», som ${reason}. Ingenting ble gjenopprettet; finn ut hvem som har laget den.`,
    en: ({ name, reason }) =>
      `The backup holds "${name}", which ${reason}. Nothing was restored; find out who made it.`,
  },
  'content-differs': {
    nb: ({ name, reason }) => `Innholdet stemmer ikke med listen over det: ${name} ${reason}.`,
    en: ({ name, reason }) => `The content does not agree with its listing: ${name} ${reason}.`,
  },
  'folder-not-readable': {
    nb: ({ path, reason }) =>
      `Mappen ${path} kan ikke leses: ${reason}. Kjør som en bruker som kan lese den, eller rett banen i planen.`,
    en: ({ path, reason }) =>
      `The folder ${path} cannot be read: ${reason}. Run as a user who can read it, or mend the path in the plan.`,
  },
  ...planWordings,
  ...ageWordings,
  ...postgresWordings,
} as const satisfies Worded

export type ArchiveErrorCode = keyof typeof wordings

/** Everything that goes wrong here for a known reason. `message` is English; `words` has both languages. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  readonly code: ArchiveErrorCode
  /** What the words were made of; never a credential. */
  readonly params: { readonly [name: string]: string }
  readonly words: Bilingual

  constructor(code: ArchiveErrorCode, parameters: Record<string, string | number> = {}, cause?: unknown) {
    const params = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, String(value)]),
    )
    const wording: Wording<Record<string, string>> = wordings[code]
    const words = { nb: wording.nb(params), en: wording.en(params) }
    super(words.en, cause === undefined ? undefined : { cause })
    this.code = code
    this.params = params
    this.words = words
  }
}

/** The error that a record speaks of, by its code and what its words are made of; one of a newer Hevd is `unknown-error`. */
export function archiveErrorOf({
  code,
  params,
}: {
  readonly code: string
  readonly params: { readonly [name: string]: string }
}): ArchiveError {
  const known = Object.keys(wordings).find((each): each is ArchiveErrorCode => each === code)
  return known === undefined ? new ArchiveError('unknown-error', { code }) : new ArchiveError(known, params)
}
