import type { Bilingual } from '@hevd/core'

/** Words of the help of `hevd data …`. */
export const dataHelp = {
  data: {
    nb: 'Data: søk etter det som ikke skal ligge i klartekst.',
    en: 'Data: search for what should not lie in plain text.',
  },
  scan: {
    nb: 'Søker i databaser og logger etter hemmeligheter, kortnumre og personnumre i klartekst.',
    en: 'Searches databases and logs for secrets, card numbers and personal numbers in plain text.',
  },
  paths: { nb: 'mapper med logger, eller filer', en: 'folders of logs, or files' },
  from: {
    nb: 'fil med én adresse eller sti på hver linje; bare eieren skal kunne lese den',
    en: 'file with one address or path a line; its owner alone may read it',
  },
  full: {
    nb: 'se på alt, også i store tabeller og filer',
    en: 'look at everything, in large tables and files too',
  },
  scanMore: {
    nb: [
      'Databaser står i HEVD_SCAN eller i filen, aldri på kommandolinjen, med',
      'mellomrom mellom, som postgresql://rolle:passord@vert:5432/base og',
      'mysql://konto:passord@vert/base. Uten navn på basen søkes alle. Søket skriver',
      'ingenting, hviler mellom lesningene og viser antall og steder, aldri en verdi.',
      'Ctrl C stanser; det som er sett, vises. Avslutter med 0: ingenting funnet og',
      'alt sett på, 1: noe funnet, 2: kunne ikke kjøre, 3: ingenting funnet, men ikke',
      'alt er sett på.',
    ].join('\n'),
    en: [
      'Databases stand in HEVD_SCAN or in the file, never on the command line, with',
      'spaces between, such as postgresql://role:password@host:5432/db and',
      'mysql://account:password@host/db. Without the name of a database all are',
      'searched. The search writes nothing, rests between reads, and shows counts and',
      'places, never a value. Ctrl C stops; what was seen is shown. Exits with 0:',
      'nothing found and all looked at, 1: something found, 2: could not run,',
      '3: nothing found, but not all was looked at.',
    ].join('\n'),
  },
} as const satisfies Record<string, Bilingual>
