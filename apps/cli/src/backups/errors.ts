import type { Bilingual } from '@hevd/core'

/** What can be wrong with how a command was asked for. */
const wordings = {
  'place-not-valid': ({ place }) => ({
    nb: `«${place}» er ikke et lagringssted. Skriv /mappe, sftp://bruker@vert/mappe eller s3://bøtte/mappe.`,
    en: `“${place}” is no target. Write /folder, sftp://user@host/folder or s3://bucket/folder.`,
  }),
  'option-missing': ({ option, wants }) => ({
    nb: `${option} mangler. Oppgi ${wants}.`,
    en: `${option} is missing. Give ${wants}.`,
  }),
  'option-not-valid': ({ option, wants }) => ({
    nb: `${option} er ikke gyldig. Oppgi ${wants}.`,
    en: `${option} is not valid. Give ${wants}.`,
  }),
  'one-of-two': () => ({
    nb: 'Oppgi hva som skal sikkerhetskopieres: enten --postgres eller --folder.',
    en: 'Say what to back up: either --postgres or --folder.',
  }),
  'password-on-command-line': () => ({
    nb: 'Et passord på kommandolinjen kan leses av alle prosesser. Skriv adressen på standard inn: --postgres -',
    en: 'A password on the command line can be read by every process. Write the address to standard input: --postgres -',
  }),
  'target-unknown': ({ target, known }) => ({
    nb: `Det finnes ikke noe lagringssted «${target}». Stedene er: ${known}.`,
    en: `There is no target “${target}”. The targets are: ${known}.`,
  }),
  'target-exists': ({ target }) => ({
    nb: `Det finnes allerede et lagringssted «${target}». Gi det nye et annet navn med --target.`,
    en: `There is a target “${target}” already. Give the new one another name with --target.`,
  }),
  'target-needed': ({ source, known }) => ({
    nb: `Ingen plan heter ${source}. Si hvor kopiene ligger med --target: ${known}.`,
    en: `No plan is called ${source}. Say where its backups lie with --target: ${known}.`,
  }),
  'file-exists': ({ path }) => ({
    nb: `${path} finnes allerede og blir ikke skrevet over. Velg et annet navn.`,
    en: `${path} exists already and is not written over. Choose another name.`,
  }),
  'file-not-written': ({ path, code }) => ({
    nb: `${path} kan ikke skrives (${code}). Velg en mappe som finnes og som du kan skrive i.`,
    en: `${path} cannot be written (${code}). Choose a folder that exists and that you may write to.`,
  }),
  'time-not-valid': ({ time }) => ({
    nb: `«${time}» er ikke et tidspunkt. Skriv det med tidssone, som 2026-11-26T08:30:00+01:00.`,
    en: `“${time}” is no moment. Write it with its time zone, such as 2026-11-26T08:30:00+01:00.`,
  }),
  'time-of-folder': ({ source }) => ({
    nb: `${source} er en mappe og finnes bare slik den var ved hver kopi. Velg en med --backup; «hevd backups list» viser dem.`,
    en: `${source} is a folder and is there only as it was at each backup. Choose one with --backup; “hevd backups list” shows them.`,
  }),
  'source-empty': ({ source }) => ({
    nb: `Det finnes ingen sikkerhetskopi av ${source} her. «hevd backups list» viser det som finnes.`,
    en: `There is no backup of ${source} here. “hevd backups list” shows what there is.`,
  }),
} as const satisfies Record<string, (about: { readonly [name: string]: string }) => Bilingual>

export class BackupsError extends Error {
  override readonly name = 'BackupsError'
  readonly code: keyof typeof wordings
  readonly words: Bilingual

  constructor(code: keyof typeof wordings, about: { readonly [name: string]: string } = {}) {
    const wording: (about: { readonly [name: string]: string }) => Bilingual = wordings[code]
    const words = wording(about)
    super(words.en)
    this.code = code
    this.words = words
  }
}
