import type { FindingView } from '@hevd/posture/contract'
import type {
  Decision,
  HostPlace,
  ListedCustomer,
  ListedStore,
  ListedSubprocessor,
  PlaceSummary,
  StoresPreview,
  Token,
} from '@hevd/residency/contract'
import type { Amount } from './amount.ts'
import { findingAt } from './findings.ts'
import { paged } from './paged.ts'

const day = 24 * 3_600_000
const isoDate = (at: number) => new Date(at).toISOString().slice(0, 10)
const uuid = (of: number, index: number) => `7d1c0c8${of}-0000-7000-8000-${String(index).padStart(12, '0')}`

const seen = {
  holds: {
    verdict: 'holds' as const,
    why: {
      code: 'place-seen',
      params: {},
      text: {
        nb: 'Det er i AWS eu-north-1 (Sverige), sier skyen selv.',
        en: 'It is in AWS eu-north-1 (Sweden), says the cloud itself.',
      },
    },
  },
  differs: {
    verdict: 'fails' as const,
    why: {
      code: 'place-differs',
      params: {},
      text: {
        nb: 'Det er ført opp i AWS eu-west-1 (Irland), men er i AWS us-east-1 (USA), sier skyen selv. Rett registeret, eller flytt dataene.',
        en: 'It is declared to be in AWS eu-west-1 (Ireland) and is in AWS us-east-1 (United States), says the cloud itself. Correct the register, or move the data.',
      },
    },
  },
  unseen: {
    verdict: 'unknown' as const,
    why: {
      code: 'place-not-seen',
      params: {},
      text: {
        nb: 'Ingen har sett hvor det er. Knytt det til maskinen det er på, eller før opp hva leverandøren viser, og når det ble sett.',
        en: 'Nobody has seen where it is. Tie it to the host it is on, or enter what the provider shows, and when that was seen.',
      },
    },
  },
}
const outside = {
  verdict: 'fails' as const,
  why: {
    code: 'outside-choice',
    params: {},
    text: {
      nb: 'Datalageret filer-1 er i AWS us-east-1 (USA), og kunden kan bare ha data i EU. Flytt dataene.',
      en: 'The store filer-1 is in AWS us-east-1 (United States), and the customer may have data in the EU alone. Move the data.',
    },
  },
}

const stores = [
  [
    'ordre',
    'Ordredatabasen',
    'database',
    'aws:eu-north-1',
    'web-01.oslo.fjordkraft.example',
    seen.holds,
    412e9,
  ],
  ['filer', 'Vedlegg', 'bucket', 'aws:eu-west-1', null, seen.differs, 3.2e12],
  ['kopier', 'Sikkerhetskopier', 'backups', 'NO', null, seen.unseen, null],
  ['skyen-acme', 'Acmes private sky', 'private-cloud', 'azure:norwayeast', null, seen.holds, 91e9],
] as const

const storeCount = (amount: Amount) => (amount === 'much' ? 320 : amount === 'little' ? 4 : 0)

function storeAt(index: number): ListedStore {
  const [id, name, kind, place, hostName, said, bytes] = stores[index % 4] ?? stores[0]
  const more = index < 4 ? '' : `-${Math.floor(index / 4)}`
  return {
    ...{ id: `${id}${more}`, name: `${name}${more}`, kind, place, bytes, hostName },
    host: hostName === null ? null : 'h0',
    seenPlace: index % 4 === 3 ? place : null,
    seenOn: index % 4 === 3 ? '2026-05-04' : null,
    dedicatedTo: index % 4 === 3 ? 'acme' : null,
    customers: index % 4 === 2 ? 0 : (index * 37) % 900,
    ...said,
  }
}

const customerCount = (amount: Amount) => (amount === 'much' ? 5200 : amount === 'little' ? 4 : 0)

function customerAt(index: number, now: number): ListedCustomer {
  const names = ['Acme AS', 'Nordlys Energi', 'Blåtind Helse', 'Contoso Ltd']
  const more = index < 4 ? '' : ` ${index}`
  const choices = ['eu', null, 'named', 'us'] as const
  const choice = choices[index % 4] ?? null
  return {
    id: `kunde-${index + 1}`,
    name: `${names[index % 4]}${more}`,
    choice,
    named: choice === 'named' ? ['NO', 'aws:eu-north-1'] : [],
    since: choice === null ? null : isoDate(now - 400 * day),
    contract: choice === null || index % 8 === 3 ? null : `Databehandleravtale ${index + 100}`,
    stores:
      index % 4 === 1
        ? []
        : [{ store: 'ordre', ...seen.holds }, ...(index % 4 === 0 ? [{ store: 'filer-1', ...outside }] : [])],
    storeCount: index % 4 === 1 ? 0 : index % 4 === 0 ? 9 : 1,
  }
}

function subprocessorsFixture(amount: Amount, now: number): ListedSubprocessor[] {
  if (amount === 'none') return []
  const attestation = (index: number) => ({
    id: uuid(1, index),
    level: 1,
    version: index === 0 ? '4.0.1' : '3.2.1',
    signedOn: isoDate(now - (70 + index * 365) * day),
    validUntil: isoDate(now + (295 - index * 365) * day),
    reference: 'Arkivet, sak 2026/114',
    evidence: index === 0 ? 'ab'.repeat(32) : null,
    recordedAt: now - 60 * day,
  })
  const some: ListedSubprocessor[] = [
    {
      ...{
        id: 'support',
        name: 'Kundestøtte, Oslo og Gdańsk',
        kind: 'support',
        places: ['NO', 'PL'],
        reaches: null,
      },
      ...{ payments: false, since: '2022-01-01', attestations: [] },
    },
    {
      ...{ id: 'betaling', name: 'Nets Denmark A/S', kind: 'subprocessor', places: ['IE'], reaches: null },
      ...{ payments: true, since: '2023-03-01', attestations: [attestation(0), attestation(1)] },
    },
    {
      ...{
        id: 'vipps',
        name: 'Mobilbetaling',
        kind: 'subprocessor',
        places: ['NO'],
        reaches: ['kunde-1', 'kunde-4'],
      },
      ...{ payments: true, since: '2026-02-01', attestations: [] },
    },
  ]
  if (amount === 'little') return some
  return Array.from({ length: 45 }, (_, index) => {
    const given = some[index % 3] ?? some[0]
    if (given === undefined) throw new Error('none')
    return index < 3 ? given : { ...given, id: `${given.id}-${index}`, name: `${given.name} ${index}` }
  })
}

function hostPlacesFixture(amount: Amount): HostPlace[] {
  const count = amount === 'much' ? 200 : amount === 'little' ? 3 : 0
  return Array.from({ length: count }, (_, index) => ({
    id: `h${index}`,
    name: `web-${String(index + 1).padStart(2, '0')}.oslo.fjordkraft.example`,
    region: index % 3 === 0 ? 'aws:eu-north-1' : null,
    facility:
      index % 3 === 1 ? { facility: 'Green Mountain, Rjukan', place: 'NO', seenOn: '2026-03-12' } : null,
  }))
}

function residencyTokensFixture(amount: Amount, now: number): Token[] {
  const count = amount === 'much' ? 24 : amount === 'little' ? 3 : 0
  const states = ['good', 'good', 'revoked', 'over', 'unknown-service'] as const
  return Array.from({ length: count }, (_, index) => ({
    id: uuid(2, index),
    service: { id: `svc-${index}`, name: index === 0 ? 'Ordretjenesten' : `Tjeneste ${index + 1}` },
    reports: index % 2 === 0,
    until: isoDate(now + 180 * day),
    madeAt: now - 40 * day,
    lastUsedAt: index % 3 === 1 ? null : now - (index + 1) * 60_000,
    state: states[index % 5] ?? 'good',
  }))
}

function decisionFixture(now: number): Decision {
  return { allowed: false, why: outside.why, cacheableUntil: now + 60_000, decision: null }
}

function previewOf<Item>(before: Item, after: Item, added: Item) {
  return {
    digest: 'ef'.repeat(32),
    added: [added],
    changed: [{ before, after }],
    notInFile: [],
    unchanged: 2,
    faults: [],
    encoding: 'utf-8' as const,
    ignoredColumns: [],
    braked: false,
  }
}

function storesPreviewFixture(): StoresPreview {
  const plain = (index: number) => {
    const { hostName: _, customers: __, verdict: ___, why: ____, ...store } = storeAt(index)
    return store
  }
  return previewOf(plain(0), { ...plain(0), place: 'aws:eu-west-1', bytes: 500e9 }, plain(2))
}

function placesFixture(amount: Amount): PlaceSummary[] {
  if (amount === 'none') return []
  const some: PlaceSummary[] = [
    { place: 'aws:eu-north-1', stores: 14, bytes: 4.1e12, customers: 812 },
    { place: 'aws:eu-west-1', stores: 3, bytes: 3.2e12, customers: 37 },
    { place: 'NO', stores: 2, bytes: null, customers: 0 },
    { place: 'azure:norwayeast', stores: 1, bytes: 91e9, customers: 1 },
    { place: 'CA', stores: 1, bytes: 12e9, customers: 4 },
  ]
  return amount === 'little' ? some.slice(0, 2) : some
}

/** What the control says of the share in the EU, and what breaks. */
export function residencyFindings(test: string | null, amount: Amount, now: number): FindingView[] {
  if (amount === 'none') return []
  const base = findingAt(0, 'little', now)
  const reason = (code: string, nb: string, en: string) => ({ code, params: {}, text: { nb, en } })
  if (test !== null)
    return [
      {
        ...base,
        test,
        subject: { kind: 'stored-data', id: 'data-stores', name: 'data-stores' },
        why: reason(
          'eu-share-of-stores',
          '81 % av 21 datalagre er i EU. Det er regnet i lagre, siden ikke alle har en kjent størrelse. Det skal være minst 51 %.',
          '81% of 21 stores are in the EU. Stores are counted, since the size of some is not known. It should be 51% at least.',
        ),
      },
    ]
  const broken: FindingView = {
    ...base,
    test: 'data-location/within-choice',
    subject: { kind: 'customer-placement', id: 'kunde-1/filer-1', name: 'kunde-1 → filer-1' },
    why: outside.why,
  }
  const count = amount === 'much' ? 30 : 1
  return Array.from({ length: count }, (_, index) => ({
    ...broken,
    subject: { ...broken.subject, id: `kunde-${index}/filer-1`, name: `kunde-${index + 1} → filer-1` },
  }))
}

/** What the API of residency answers; null for other paths. */
export function residencyAnswer(path: string, url: URL, amount: Amount, now: number): unknown {
  switch (path) {
    case '/residency/stores':
      return paged(url, storeCount(amount), storeAt)
    case '/residency/stores/import/preview':
      return storesPreviewFixture()
    case '/residency/customers':
      return paged(url, customerCount(amount), (index) => customerAt(index, now))
    case '/residency/subprocessors':
      return subprocessorsFixture(amount, now)
    case '/residency/places':
      return placesFixture(amount)
    case '/residency/hosts':
      return hostPlacesFixture(amount)
    case '/residency/tokens':
      return residencyTokensFixture(amount, now)
    case '/residency/try':
      return decisionFixture(now)
    default:
      return null
  }
}
