import { listed, reason } from '@hevd/core'

export const reasons = {
  'grant-approved': reason<{ until: string }>({
    nb: ({ until }, { date }) => `Godkjent av en annen, med et formål, til og med ${date(until)}.`,
    en: ({ until }, { date }) => `Approved by somebody else, with a purpose, until ${date(until)}.`,
  }),
  'grant-single-approver': reason<{ until: string }>({
    nb: ({ until }, { date }) =>
      `Godkjent av samme person som ba om den, siden virksomheten har én administrator. Gjelder til og med ${date(until)}.`,
    en: ({ until }, { date }) =>
      `Approved by the one who asked for it, since the organisation has a single administrator. In force until ${date(until)}.`,
  }),
  'grant-not-approved': reason<{ key: string }>({
    nb: ({ key }) => `Nøkkelen ${key} kan brukes uten at noen har godkjent det. Trekk tildelingen tilbake.`,
    en: ({ key }) => `The key ${key} can be used without anybody’s approval. Revoke the grant.`,
  }),
  'grant-without-purpose': reason<{ key: string }>({
    nb: ({ key }) =>
      `Det står ikke hva nøkkelen ${key} skal brukes til. Trekk tildelingen tilbake, og be om en ny.`,
    en: ({ key }) => `It is not said what the key ${key} is for. Revoke the grant, and ask for a new one.`,
  }),
  'grant-own-approval': reason<{ key: string }>({
    nb: ({ key }) =>
      `Tildelingen av nøkkelen ${key} er godkjent av den som ba om den eller har den. Trekk den tilbake, og la en annen godkjenne en ny.`,
    en: ({ key }) =>
      `The grant of the key ${key} was approved by whoever asked for it or has it. Revoke it, and let another approve a new one.`,
  }),
  'account-disabled': reason<{ key: string }>({
    nb: ({ key }) => `Kontoen er deaktivert, men har fortsatt nøkkelen ${key}. Trekk tildelingen tilbake.`,
    en: ({ key }) => `The account is disabled and still has the key ${key}. Revoke the grant.`,
  }),
  'account-gone': reason<{ key: string }>({
    nb: ({ key }) => `Kontoen finnes ikke, men har fortsatt nøkkelen ${key}. Trekk tildelingen tilbake.`,
    en: ({ key }) => `The account is not there and still has the key ${key}. Revoke the grant.`,
  }),
  'service-gone': reason<{ key: string }>({
    nb: ({ key }) =>
      `Tjenesten står ikke lenger i registeret, men har fortsatt nøkkelen ${key}. Trekk tildelingen tilbake, eller før opp tjenesten igjen.`,
    en: ({ key }) =>
      `The service is no longer in the register and still has the key ${key}. Revoke the grant, or enter the service again.`,
  }),
  'second-factor-missing': reason<{ key: string }>({
    nb: ({ key }) =>
      `Kontoen kan bruke nøkkelen ${key} og logger inn uten flerfaktorautentisering. Slå den på, eller trekk tildelingen tilbake.`,
    en: ({ key }) =>
      `The account can use the key ${key} and signs in without multi-factor authentication. Switch it on, or revoke the grant.`,
  }),
  'second-factor-unknown': reason<{ key: string }>({
    nb: ({ key }) =>
      `Kontoen kan bruke nøkkelen ${key}, og det er ikke kjent om den logger inn med flere faktorer.`,
    en: ({ key }) =>
      `The account can use the key ${key}, and whether it signs in with more than one factor is not known.`,
  }),
  'key-too-old': reason<{ since: number }>({
    nb: ({ since }, { moment }) => `Nyeste versjon er fra ${moment(since)}. Rotér nøkkelen.`,
    en: ({ since }, { moment }) => `Its newest version is from ${moment(since)}. Rotate the key.`,
  }),
  'root-key-shared': reason<{ threshold: number; custodians: number }>({
    nb: ({ threshold, custodians }) =>
      `${threshold} av ${custodians} nøkkelholdere må til for å åpne hvelvet.`,
    en: ({ threshold, custodians }) => `It takes ${threshold} of ${custodians} custodians to open the vault.`,
  }),
  'root-key-not-shared': reason<{ seal: string }>({
    nb: ({ seal }) =>
      `Hvelvet åpnes uten at flere personer går sammen om det (forsegling: ${seal}). Del rotnøkkelen mellom flere nøkkelholdere.`,
    en: ({ seal }) =>
      `The vault opens without several people together (seal: ${seal}). Share the root key among custodians.`,
  }),
  'custodians-too-few': reason<{ custodians: number; least: number }>({
    nb: ({ custodians, least }) =>
      `Rotnøkkelen er delt mellom ${custodians}, og skal være delt mellom minst ${least}. Del den på nytt.`,
    en: ({ custodians, least }) =>
      `The root key is shared among ${custodians} and should be among ${least} at least. Share it anew.`,
  }),
  'custodians-disabled': reason<{ custodians: number; least: number }>({
    nb: ({ custodians, least }) =>
      `Bare ${custodians} nøkkelholdere kan logge inn, og det skal være minst ${least}. Del rotnøkkelen på nytt.`,
    en: ({ custodians, least }) =>
      `Only ${custodians} custodians can sign in, and there should be ${least} at least. Share the root key anew.`,
  }),
  'stores-confirmed': reason<{ at: number; stores: number }>({
    nb: ({ at, stores }, { moment }) =>
      `Bekreftet ${moment(at)} at registeret har alle nøkkellagre (${stores}). Det er oppgitt, ikke observert.`,
    en: ({ at, stores }, { moment }) =>
      `Confirmed on ${moment(at)} that the register has every key store (${stores}). That is told, not observed.`,
  }),
  'stores-confirmed-long-ago': reason<{ at: number }>({
    nb: ({ at }, { moment }) =>
      `Ingen har bekreftet at registeret har alle nøkkellagre siden ${moment(at)}. Se over det, og bekreft på nytt.`,
    en: ({ at }, { moment }) =>
      `Nobody has confirmed that the register has every key store since ${moment(at)}. Look it over, and confirm it anew.`,
  }),
  'store-reach-told': reason<{ at: number }>({
    nb: ({ at }, { moment }) => `Hvem som når nøklene, ble oppgitt ${moment(at)}.`,
    en: ({ at }, { moment }) => `Who can reach the keys was told on ${moment(at)}.`,
  }),
  'store-reach-not-told': reason({
    nb: () => 'Ingen har oppgitt hvem som når nøklene. Før det opp i registeret over nøkkellagre.',
    en: () => 'Nobody has told who can reach the keys. Enter it in the register of key stores.',
  }),
  'store-told-long-ago': reason<{ at: number }>({
    nb: ({ at }, { moment }) =>
      `Hvem som når nøklene, ble sist oppgitt ${moment(at)}. Se over det, og lagre på nytt.`,
    en: ({ at }, { moment }) =>
      `Who can reach the keys was last told on ${moment(at)}. Look it over, and save it anew.`,
  }),
  'store-rotated': reason<{ on: string }>({
    nb: ({ on }, { date }) => `Nøklene ble rotert ${date(on)} (oppgitt).`,
    en: ({ on }, { date }) => `The keys were rotated on ${date(on)} (told).`,
  }),
  'store-too-old': reason<{ on: string }>({
    nb: ({ on }, { date }) => `Nøklene ble sist rotert ${date(on)}. Rotér dem, og før opp datoen.`,
    en: ({ on }, { date }) => `The keys were last rotated on ${date(on)}. Rotate them, and enter the date.`,
  }),
  'store-rotation-not-told': reason({
    nb: () => 'Ingen har oppgitt når nøklene sist ble rotert. Før det opp i registeret over nøkkellagre.',
    en: () => 'Nobody has told when the keys were last rotated. Enter it in the register of key stores.',
  }),
  'key-files-open': reason<{ paths: readonly string[] }>({
    nb: ({ paths }) =>
      `Alle kontoer på maskinen kan lese nøkler eller hemmeligheter i ${listed('nb', paths)}. Steng filene med «chmod o-r», og bytt det som lå åpent.`,
    en: ({ paths }) =>
      `Every account on the host can read keys or secrets in ${listed('en', paths)}. Close the files with “chmod o-r”, and replace what lay open.`,
  }),
}
