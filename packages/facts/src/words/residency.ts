import type * as residency from '../residency.ts'
import type { WordsOf } from './words-of.ts'

const name = { nb: 'Navn', en: 'Name' }
const shortName = { nb: 'Kortnavn', en: 'Short name' }
const customer = { nb: 'Kunde', en: 'Customer' }

/** Words of facts about where data is. */
export const residencyWords: WordsOf<(typeof residency)[keyof typeof residency]> = {
  'host-region': {
    host: { nb: 'Maskin', en: 'Host' },
    cloud: { nb: 'Sky', en: 'Cloud' },
    region: { nb: 'Region', en: 'Region' },
    zone: { nb: 'Sone', en: 'Zone' },
    by: { nb: 'Lest fra', en: 'Read from' },
  },
  'host-facility': {
    host: { nb: 'Maskin', en: 'Host' },
    facility: { nb: 'Anlegg', en: 'Facility' },
    place: { nb: 'Sted', en: 'Place' },
    seenOn: { nb: 'Sist sett', en: 'Last seen' },
  },
  'data-store': {
    id: shortName,
    name,
    kind: { nb: 'Slag', en: 'Kind' },
    place: { nb: 'Oppgitt sted', en: 'Declared place' },
    host: { nb: 'Maskin', en: 'Host' },
    seenPlace: { nb: 'Sett hos leverandøren', en: 'Seen at the provider' },
    seenOn: { nb: 'Sett den', en: 'Seen on' },
    bytes: { nb: 'Størrelse, byte', en: 'Size, bytes' },
    dedicatedTo: { nb: 'Bare for kunden', en: 'For one customer' },
  },
  customer: {
    id: shortName,
    name,
    choice: { nb: 'Valg', en: 'Choice' },
    named: { nb: 'Navngitte regioner', en: 'Named regions' },
    since: { nb: 'Fra', en: 'Since' },
    contract: { nb: 'Avtale', en: 'Contract' },
  },
  'customer-placement': {
    customer,
    store: { nb: 'Datalager', en: 'Data store' },
    placedAt: { nb: 'Plassert', en: 'Placed', reads: 'moment' },
  },
  subprocessor: {
    id: shortName,
    name,
    kind: { nb: 'Slag', en: 'Kind' },
    places: { nb: 'Steder', en: 'Places' },
    reaches: { nb: 'Når data til', en: 'Reaches the data of' },
    payments: { nb: 'Håndterer betalingskort', en: 'Handles payment cards' },
    since: { nb: 'Fra', en: 'Since' },
  },
  'pci-attestation': {
    id: { nb: 'ID', en: 'ID' },
    subprocessor: { nb: 'Leverandør', en: 'Provider' },
    level: { nb: 'Nivå', en: 'Level' },
    version: { nb: 'Utgave av PCI DSS', en: 'Version of PCI DSS' },
    signedOn: { nb: 'Attestert', en: 'Attested on' },
    validUntil: { nb: 'Gyldig til og med', en: 'Valid until' },
    reference: { nb: 'Hvor dokumentet er', en: 'Where the document is' },
    evidence: { nb: 'Dokumentets SHA-256', en: 'SHA-256 of the document' },
  },
}
