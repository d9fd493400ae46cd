import { listed, plural, reason } from '@hevd/core'

export const reasons = {
  'access-awaited': reason<{ by: number; count: number }>({
    nb: ({ by, count }, { moment }) =>
      `${count} ${plural(count, 'konto', 'kontoer')} skal være stengt innen ${moment(by)}.`,
    en: ({ by, count }, { moment }) =>
      `${count} ${plural(count, 'account is', 'accounts are')} to be closed by ${moment(by)}.`,
  }),
  'access-remains': reason<{ by: number; accounts: readonly string[] }>({
    nb: ({ by, accounts }, { moment }) =>
      `Fortsatt åpen for en som har sluttet: ${listed('nb', accounts)}. Fristen var ${moment(by)}. Steng kontoen og fjern nøklene.`,
    en: ({ by, accounts }, { moment }) =>
      `Still open to somebody who has left: ${listed('en', accounts)}. The deadline was ${moment(by)}. Close the account and remove its keys.`,
  }),
  'contractor-without-end': reason({
    nb: () => 'Den innleide har ingen sluttdato. Sett den til avtalens siste dag.',
    en: () => 'The contractor has no end date. Set it to the last day of the agreement.',
  }),
  'contractor-without-sponsor': reason({
    nb: () => 'Ingen hos oss er oppført som ansvarlig for den innleide. Oppgi hvem som svarer for oppdraget.',
    en: () => 'Nobody here is listed as the contractor’s sponsor. Say who answers for the assignment.',
  }),
  'sponsor-unknown': reason<{ sponsor: string }>({
    nb: () => 'Den ansvarlige for den innleide finnes ikke i registeret.',
    en: () => 'The contractor’s sponsor is not in the register.',
  }),
  'sponsor-left': reason<{ sponsor: string; on: string }>({
    nb: ({ on }, { date }) => `Den ansvarlige for den innleide sluttet ${date(on)}. Oppgi en ny.`,
    en: ({ on }, { date }) => `The contractor’s sponsor left on ${date(on)}. Name another one.`,
  }),
  'service-left-behind': reason<{ owner: string; on: string }>({
    nb: ({ on }, { date }) =>
      `Den ansvarlige for tjenesten sluttet ${date(on)}. Gi den en ny ansvarlig, og bytt det den som sluttet, kjente til.`,
    en: ({ on }, { date }) =>
      `The service’s owner left on ${date(on)}. Give it a new owner, and change the secrets the leaver knew.`,
  }),
}
