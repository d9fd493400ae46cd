import { listed, reason } from '@hevd/core'

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
  'data-review-overdue': reason<{ on: string }>({
    nb: ({ on }, { date }) =>
      `Oppføringen skulle vært gjennomgått innen ${date(on)}. Se over den og bekreft den.`,
    en: ({ on }, { date }) => `The entry was due for review by ${date(on)}. Look it over and confirm it.`,
  }),
}
