import { type Locale, listed, plural, reason } from '@hevd/core'
import { choiceWords, placeInWords, residencyChoices } from '@hevd/facts'
import type { Witness } from './whereabouts.ts'

const places = (codes: readonly string[], locale: Locale) =>
  codes.length === 0
    ? { nb: 'ingen steder', en: 'nowhere' }[locale]
    : listed(
        locale,
        codes.map((code) => placeInWords(code, locale)),
      )

const witnesses: { readonly [W in Witness]: { readonly nb: string; readonly en: string } } = {
  cloud: { nb: 'skyen selv', en: 'the cloud itself' },
  facility: { nb: 'registeret over hvor maskinene står', en: 'the register of where hosts stand' },
  provider: { nb: 'den som så etter hos leverandøren', en: 'whoever looked at the provider' },
}

const choiceOf = (choice: string, locale: Locale) => {
  const known = residencyChoices.find((one) => one === choice)
  return known === undefined ? choice : choiceWords[known][locale]
}

type Bounds = { outside: readonly string[]; allowed: readonly string[] }
const storesOf = {
  nb: (count: number) => `${count} ${plural(count, 'datalager', 'datalagre')}`,
  en: (count: number) => `${count} ${plural(count, 'store', 'stores')}`,
}
type Share = { percent: number; least: number; stores: number }

export const reasons = {
  'within-choice': reason<{ place: string; allowed: readonly string[] }>({
    nb: ({ place, allowed }) =>
      `Dataene ligger i ${placeInWords(place, 'nb')}. Kunden kan ha dem i ${places(allowed, 'nb')}.`,
    en: ({ place, allowed }) =>
      `The data is in ${placeInWords(place, 'en')}. The customer may have it in ${places(allowed, 'en')}.`,
  }),
  'outside-choice': reason<Bounds & { store: string }>({
    nb: ({ store, outside, allowed }) =>
      `Datalageret ${store} er i ${places(outside, 'nb')}, og kunden kan bare ha data i ${places(allowed, 'nb')}. Flytt dataene.`,
    en: ({ store, outside, allowed }) =>
      `The store ${store} is in ${places(outside, 'en')}, and the customer may have data in ${places(allowed, 'en')} alone. Move the data.`,
  }),
  'store-of-another': reason<{ store: string }>({
    nb: ({ store }) => `Datalageret ${store} er bare for en annen kunde. Flytt dataene.`,
    en: ({ store }) => `The store ${store} is for another customer alone. Move the data.`,
  }),
  'customer-not-known': reason<{ customer: string }>({
    nb: ({ customer }) =>
      `Kunden ${customer} står ikke i registeret, så ingen vet hva kunden har valgt. Før opp kunden.`,
    en: ({ customer }) =>
      `The customer ${customer} is not in the register, so nobody knows what was chosen. Enter the customer.`,
  }),
  'store-not-known': reason<{ store: string }>({
    nb: ({ store }) => `Datalageret ${store} står ikke i registeret. Før det opp med stedet det er på.`,
    en: ({ store }) => `The store ${store} is not in the register. Enter it with the place it is in.`,
  }),
  'place-seen': reason<{ place: string; by: Witness }>({
    nb: ({ place, by }) => `Det er i ${placeInWords(place, 'nb')}, sier ${witnesses[by].nb}.`,
    en: ({ place, by }) => `It is in ${placeInWords(place, 'en')}, says ${witnesses[by].en}.`,
  }),
  'place-differs': reason<{ declared: string; seen: string; by: Witness }>({
    nb: ({ declared, seen, by }) =>
      `Det er ført opp i ${placeInWords(declared, 'nb')}, men er i ${placeInWords(seen, 'nb')}, sier ${witnesses[by].nb}. Rett registeret, eller flytt dataene.`,
    en: ({ declared, seen, by }) =>
      `It is declared to be in ${placeInWords(declared, 'en')} and is in ${placeInWords(seen, 'en')}, says ${witnesses[by].en}. Correct the register, or move the data.`,
  }),
  'place-seen-long-ago': reason<{ on: string }>({
    nb: ({ on }, { date }) => `Hvor det er, ble sist sett ${date(on)}. Se etter, og før opp den nye datoen.`,
    en: ({ on }, { date }) => `Where it is was last seen on ${date(on)}. Look, and enter the new date.`,
  }),
  'place-not-seen': reason({
    nb: () =>
      'Ingen har sett hvor det er. Knytt det til maskinen det er på, eller før opp hva leverandøren viser, og når det ble sett.',
    en: () =>
      'Nobody has seen where it is. Tie it to the host it is on, or enter what the provider shows, and when that was seen.',
  }),
  'region-not-known': reason<{ region: string }>({
    nb: ({ region }) =>
      `Maskinen sier at den er i ${region}, og ingen liste sier hvilket land det er. Før opp anlegget den står i.`,
    en: ({ region }) =>
      `The host says that it is in ${region}, and no list says which country that is. Enter the facility it stands in.`,
  }),
  'private-cloud-outside': reason<{ place: string; allowed: readonly string[] }>({
    nb: ({ place, allowed }) =>
      `Den er i ${placeInWords(place, 'nb')}. Private skyløsninger skal være i ${places(allowed, 'nb')}.`,
    en: ({ place, allowed }) =>
      `It is in ${placeInWords(place, 'en')}. Private clouds are to be in ${places(allowed, 'en')}.`,
  }),
  'eu-share-of-bytes': reason<Share>({
    nb: ({ percent, least, stores }) =>
      `${percent} % av dataene i ${storesOf.nb(stores)} er i EU, regnet i byte. Det skal være minst ${least} %.`,
    en: ({ percent, least, stores }) =>
      `The share of data in the EU is ${percent}%, counted in bytes of ${storesOf.en(stores)}. It should be ${least}% at least.`,
  }),
  'eu-share-of-stores': reason<Share>({
    nb: ({ percent, least, stores }) =>
      `${percent} % av ${storesOf.nb(stores)} er i EU. Det er regnet i lagre, siden ikke alle har en kjent størrelse. Det skal være minst ${least} %.`,
    en: ({ percent, least, stores }) =>
      `The share in the EU is ${percent}% of ${storesOf.en(stores)}. Stores are counted, since the size of some is not known. It should be ${least}% at least.`,
  }),
  'eu-bytes-too-few': reason<Share>({
    nb: ({ percent, least, stores }) =>
      `Bare ${percent} % av dataene i ${storesOf.nb(stores)} er i EU, regnet i byte. Det skal være minst ${least} %.`,
    en: ({ percent, least, stores }) =>
      `The share of data in the EU is only ${percent}%, counted in bytes of ${storesOf.en(stores)}. It should be ${least}% at least.`,
  }),
  'eu-stores-too-few': reason<Share>({
    nb: ({ percent, least, stores }) =>
      `Bare ${percent} % av ${storesOf.nb(stores)} er i EU. Det er regnet i lagre, siden ikke alle har en kjent størrelse. Det skal være minst ${least} %.`,
    en: ({ percent, least, stores }) =>
      `The share in the EU is only ${percent}% of ${storesOf.en(stores)}. Stores are counted, since the size of some is not known. It should be ${least}% at least.`,
  }),
  'choice-by-policy': reason({
    nb: () => 'Ingen egen avtale er ført opp, så kunden har det policyen sier.',
    en: () => 'No choice of their own is recorded, so the customer has what the policy says.',
  }),
  'choice-recorded': reason<{ choice: string; since: string }>({
    nb: ({ choice, since }, { date }) => `Avtalt fra ${date(since)}: ${choiceOf(choice, 'nb')}.`,
    en: ({ choice, since }, { date }) => `By contract since ${date(since)}: ${choiceOf(choice, 'en')}.`,
  }),
  'choice-without-contract': reason<{ choice: string }>({
    nb: ({ choice }) =>
      `Valget (${choiceOf(choice, 'nb')}) er ført opp uten avtalen det står i, eller uten fra når. Før opp begge.`,
    en: ({ choice }) =>
      `The choice (${choiceOf(choice, 'en')}) is recorded without the contract it stands in, or without since when. Enter both.`,
  }),
  'reached-from-outside': reason<Bounds & { who: readonly string[] }>({
    nb: ({ who, outside, allowed }) =>
      `${listed('nb', who)} når kundens data fra ${places(outside, 'nb')}, og kunden har valgt ${places(allowed, 'nb')}. Steng tilgangen for denne kunden.`,
    en: ({ who, outside, allowed }) =>
      `${listed('en', who)} can reach the customer’s data from ${places(outside, 'en')}, and the customer chose ${places(allowed, 'en')}. Close that access for this customer.`,
  }),
  'support-not-recorded': reason({
    nb: () =>
      'Det er ikke ført opp hvor de som gir kunden brukerstøtte, sitter. Før det opp blant underdatabehandlerne.',
    en: () => 'It is not recorded from where the customer is supported. Enter it among the subprocessors.',
  }),
  'database-not-listed': reason({
    nb: () =>
      'Agenten ser en databasetjener her, og ingen datalager i registeret er på maskinen. Før det opp.',
    en: () => 'The agent sees a database server here, and no store of the register is on the host. Enter it.',
  }),
  'backups-not-listed': reason<{ target: string }>({
    nb: ({ target }) =>
      `Sikkerhetskopiene legges i ${target}, som ikke står i registeret over datalagre. Før det opp under det navnet.`,
    en: ({ target }) =>
      `The backups are put in ${target}, which is not in the register of data stores. Enter it under that name.`,
  }),
  'data-set-not-listed': reason({
    nb: () => 'Stedet datasettet ligger på, er ikke ført opp som datalager. Før det opp, eller rett stedet.',
    en: () =>
      'The place that the data set is kept in is no store of the register. Enter it, or correct the place.',
  }),
}
