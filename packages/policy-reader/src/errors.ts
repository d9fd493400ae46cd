import type { Bilingual, Wording } from '@hevd/core'

/** What can be wrong with a file that is to be read. The table in README.md lists the same codes. */
export const readerErrors = {
  'no-file': {
    nb: ({ name }) => `${name} kan ikke åpnes. Kontroller at filen finnes, og at du har lesetilgang til den.`,
    en: ({ name }) => `${name} cannot be opened. Check that the file is there and that you may read it.`,
  },
  empty: {
    nb: ({ name }) => `${name} er tom. Velg filen der policyen står.`,
    en: ({ name }) => `${name} is empty. Choose the file that holds the policy.`,
  },
  'too-large': {
    nb: ({ name, size, limit }) =>
      `${name} er på ${size} MB, og grensen er ${limit} MB. Lagre bare teksten, uten bilder.`,
    en: ({ name, size, limit }) =>
      `${name} is ${size} MB, and the limit is ${limit} MB. Save the text alone, without images.`,
  },
  'unknown-type': {
    nb: ({ name }) =>
      `${name} er av en type som ikke kan leses. Lagre den som .txt, .md, .html eller .pdf, og prøv igjen.`,
    en: ({ name }) =>
      `${name} is of a type that cannot be read. Save it as .txt, .md, .html or .pdf, and try again.`,
  },
  'not-text': {
    nb: ({ name }) => `${name} er ikke tekst, selv om navnet sier det. Lagre den på nytt som tekst (UTF-8).`,
    en: ({ name }) => `${name} is not text, although its name says so. Save it again as text (UTF-8).`,
  },
  'nothing-said': {
    nb: ({ name }) => `${name} har ingen setninger. Kontroller at hele siden ble lagret.`,
    en: ({ name }) => `${name} has no sentences. Check that the whole page was saved.`,
  },
  'pdf-encrypted': {
    nb: ({ name }) => `${name} er beskyttet med passord. Lagre en kopi uten passord, og prøv igjen.`,
    en: ({ name }) => `${name} is protected by a password. Save a copy without one, and try again.`,
  },
  'pdf-scanned': {
    nb: ({ name }) =>
      `${name} har sider, men ingen tekst; den er trolig skannet. Bruk originalen, eller kjør tekstgjenkjenning først.`,
    en: ({ name }) =>
      `${name} has pages but no text; it is probably scanned. Use the original, or run text recognition first.`,
  },
  'pdf-unreadable-text': {
    nb: ({ name }) =>
      `Skriftene i ${name} sier ikke hvilke bokstaver de viser. Lagre siden som tekst eller HTML i stedet.`,
    en: ({ name }) =>
      `The fonts of ${name} do not say which letters they show. Save the page as text or HTML instead.`,
  },
  'pdf-damaged': {
    nb: ({ name }) => `${name} er ikke en hel PDF. Lagre eller last den ned på nytt.`,
    en: ({ name }) => `${name} is not a whole PDF. Save or download it again.`,
  },
  'other-language': {
    nb: ({ name, found }) =>
      `${name} ser ut til å være på ${languages(found, 'nb')}. Bare bokmål og engelsk kan leses; bruk siden på et av dem.`,
    en: ({ name, found }) =>
      `${name} seems to be in ${languages(found, 'en')}. Only Norwegian bokmål and English can be read; use the page in one of them.`,
  },
  'language-unclear': {
    nb: ({ name }) =>
      `Det er uklart hvilket språk ${name} er på. Si det med --language nb eller --language en.`,
    en: ({ name }) =>
      `It is unclear which language ${name} is in. Say it with --language nb or --language en.`,
  },
} as const satisfies Record<string, Wording<{ readonly [name: string]: string }>>
export type ReaderErrorCode = keyof typeof readerErrors

const names: { readonly [code: string]: Bilingual } = {
  sv: { nb: 'svensk', en: 'Swedish' },
  da: { nb: 'dansk', en: 'Danish' },
  nn: { nb: 'nynorsk', en: 'Norwegian nynorsk' },
  de: { nb: 'tysk', en: 'German' },
  fr: { nb: 'fransk', en: 'French' },
  es: { nb: 'spansk', en: 'Spanish' },
  nl: { nb: 'nederlandsk', en: 'Dutch' },
}

function languages(code: string | undefined, locale: 'nb' | 'en'): string {
  return names[code ?? '']?.[locale] ?? (locale === 'nb' ? 'et annet språk' : 'another language')
}

export class ReaderError extends Error {
  readonly code: ReaderErrorCode
  readonly words: Bilingual

  constructor(code: ReaderErrorCode, params: { readonly [name: string]: string } = {}) {
    const worded: Wording<{ readonly [name: string]: string }> = readerErrors[code]
    super(worded.en(params))
    this.name = 'ReaderError'
    this.code = code
    this.words = { nb: worded.nb(params), en: worded.en(params) }
  }
}
