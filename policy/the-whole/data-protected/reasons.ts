import { listed, plural, reason } from '@hevd/core'

const protections: { readonly [name: string]: { readonly nb: string; readonly en: string } } = {
  'at-rest': { nb: 'kryptert lagring', en: 'encryption at rest' },
  'in-transit': { nb: 'kryptert overføring', en: 'encryption in transit' },
  access: { nb: 'begrenset tilgang', en: 'restricted access' },
  backup: { nb: 'sikkerhetskopi', en: 'backup' },
  retention: { nb: 'lagringstid', en: 'retention' },
}

/** What a protection is called; `lacks` of a reason holds their names. */
const called = (lacks: readonly string[], locale: 'nb' | 'en') =>
  listed(
    locale,
    lacks.map((name) => protections[name]?.[locale] ?? name),
  )

const kinds: { readonly [kind: string]: { readonly nb: string; readonly en: string } } = {
  secret: { nb: 'hemmeligheter', en: 'secrets' },
  card: { nb: 'kortnumre', en: 'card numbers' },
  'national-id': { nb: 'fødselsnumre', en: 'national identity numbers' },
  'bank-account': { nb: 'kontonumre', en: 'bank account numbers' },
  iban: { nb: 'IBAN-numre', en: 'IBANs' },
}

export const reasons = {
  'data-without-owner': reason({
    nb: () => 'Datasettet har ingen eier. Oppgi hvem som svarer for det.',
    en: () => 'The data set has no owner. Say who answers for it.',
  }),
  'data-owner-unknown': reason<{ owner: string }>({
    nb: () => 'Eieren som er oppført, finnes ikke i registeret over personer.',
    en: () => 'The owner that is listed is not in the register of people.',
  }),
  'data-owner-left': reason<{ owner: string; on: string }>({
    nb: ({ on }, { date }) => `Eieren sluttet ${date(on)}. Gi datasettet en ny eier.`,
    en: ({ on }, { date }) => `The owner left on ${date(on)}. Give the data set a new owner.`,
  }),
  'data-owner-not-started': reason<{ owner: string; on: string }>({
    nb: ({ on }, { date }) => `Eieren begynner først ${date(on)}. Oppgi en som svarer for datasettet nå.`,
    en: ({ on }, { date }) =>
      `The owner does not start until ${date(on)}. Name somebody who answers for the data set now.`,
  }),
  'data-without-class': reason({
    nb: () => 'Datasettet er ikke klassifisert. Velg en klasse.',
    en: () => 'The data set is not classified. Choose a class.',
  }),
  'data-class-unknown': reason<{ class: string; classes: readonly string[] }>({
    nb: ({ class: kind, classes }) =>
      `Klassen «${kind}» finnes ikke i klassifiseringen (${listed('nb', classes)}). Velg en av dem.`,
    en: ({ class: kind, classes }) =>
      `The class “${kind}” is not in the scheme (${listed('en', classes)}). Choose one of them.`,
  }),
  'data-without-place': reason({
    nb: () => 'Det står ikke hvor datasettet er lagret. Oppgi systemet.',
    en: () => 'It is not said where the data set is kept. Name the system.',
  }),
  'protections-lacking': reason<{ class: string; lacks: readonly string[] }>({
    nb: ({ class: kind, lacks }) =>
      `Klassen «${kind}» krever mer enn det som er oppgitt. Det mangler: ${called(lacks, 'nb')}.`,
    en: ({ class: kind, lacks }) =>
      `The class “${kind}” demands more than is declared. Missing: ${called(lacks, 'en')}.`,
  }),
  'protections-declared': reason({
    nb: () => 'Beskyttelsen klassen krever, er oppgitt (oppgitt, ikke observert).',
    en: () => 'The protections its class demands are declared (declared, not observed).',
  }),
  'class-fits': reason({
    nb: () => 'Det som er funnet i datasettets tabeller, strider ikke mot klassen.',
    en: () => 'What was found in the set’s tables does not contradict its class.',
  }),
  'class-too-low': reason<{ class: string; found: readonly string[] }>({
    nb: ({ class: kind, found }) =>
      `Klassen er «${kind}», men i tabellene er det funnet ${listed(
        'nb',
        found.map((one) => kinds[one]?.nb ?? one),
      )}. Klassifiser datasettet på nytt, eller fjern dem.`,
    en: ({ class: kind, found }) =>
      `The class is “${kind}”, but in its tables ${listed(
        'en',
        found.map((one) => kinds[one]?.en ?? one),
      )} were found. Classify the set anew, or remove them.`,
  }),
  'found-unregistered': reason<{ tables: readonly string[]; count: number }>({
    nb: ({ tables, count }) =>
      `Følsomme data i tabeller som ikke hører til noe datasett: ${listed('nb', tables)}${count > tables.length ? ` og ${count - tables.length} ${plural(count - tables.length, 'tabell', 'tabeller')} til` : ''}. Ta dem inn i dataregisteret under «Funnet».`,
    en: ({ tables, count }) =>
      `Sensitive data in tables that belong to no set of data: ${listed('en', tables)}${count > tables.length ? ` and ${count - tables.length} more ${plural(count - tables.length, 'table', 'tables')}` : ''}. Enter them in the data register under “Found”.`,
  }),
  'place-not-scanned': reason({
    nb: () => 'Databasen er ikke gjennomsøkt, så vi vet ikke hva som ligger der.',
    en: () => 'The database has not been scanned, so we do not know what lies there.',
  }),
  'data-review-overdue': reason<{ on: string }>({
    nb: ({ on }, { date }) =>
      `Oppføringen skulle vært gjennomgått innen ${date(on)}. Se over den og bekreft den.`,
    en: ({ on }, { date }) => `The entry was due for review by ${date(on)}. Look it over and confirm it.`,
  }),
}
