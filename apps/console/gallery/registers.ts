import type { ImportPreview as DataPreview, ListedDataSet } from '@hevd/data/contract'
import type { Feed } from '@hevd/feeds/contract'
import type { Host, HostList, JoinTokens } from '@hevd/hosts/contract'
import type { Account, Invitation, Me } from '@hevd/identity/contract'
import type { AccountOwner, ImportPreview, ListedPerson, ListedService } from '@hevd/people/contract'
import type { Amount } from './amount.ts'

const hour = 3_600_000
const day = 24 * hour
const admin = '3f2a1c34-0000-4000-8000-000000000001'

export function meFixture(role: Me['account']['role'], now: number): Me {
  return {
    account: {
      id: admin,
      name: 'Ingrid Solheim',
      userName: 'ingrid@fjordkraft.example',
      role,
      auditing: role === 'auditor' ? { period: 'p0', endsAt: now + 14 * day } : null,
      createdAt: now - 90 * day,
      disabledAt: null,
    },
    organisation: { name: 'Fjordkraft Data AS', timeZone: 'Europe/Oslo' },
  }
}

export function accountsFixture(now: number): Account[] {
  const others = [
    ['Olav Bakke', 'olav', 'administrator', null],
    ['Siri Nygård', 'siri', 'reader', null],
    ['Per Østby', 'per', 'reader', now - 3 * day],
    ['Eva Revisor', 'eva', 'auditor', null],
  ] as const
  return [
    meFixture('administrator', now).account,
    ...others.map(([name, userName, role, disabledAt], index) => ({
      id: `3f2a1c34-0000-4000-8000-00000000001${index}`,
      name,
      userName: `${userName}@fjordkraft.example`,
      role,
      auditing: role === 'auditor' ? { period: 'p0', endsAt: now + 14 * day } : null,
      createdAt: now - 60 * day,
      disabledAt,
    })),
  ]
}

export function invitationsFixture(now: number): Invitation[] {
  return (['open', 'used', 'expired', 'withdrawn'] as const).map((state, index) => ({
    id: `3f2a1c34-0000-4000-8000-00000000002${index}`,
    role: index === 1 ? 'administrator' : 'reader',
    auditing: null,
    createdAt: now - (index + 1) * day,
    expiresAt: now + 2 * day,
    state,
  }))
}

const given = ['Ingrid', 'Olav', 'Siri', 'Per', 'Åse', 'Mohammed', 'Kari', 'Lars', 'Nadia', 'Bjørn']
const family = ['Solheim', 'Bakke', 'Nygård', 'Østby', 'Lie', 'Ali', 'Hansen', 'Moen', 'Kowalska', 'Dahl']

export function personAt(index: number): ListedPerson {
  const contractor = index % 9 === 4
  return {
    id: String(1001 + index),
    name: `${given[index % 10] ?? ''} ${family[Math.floor(index / 10 + index) % 10] ?? ''}`,
    kind: contractor ? 'contractor' : 'employee',
    sponsor: contractor ? '1001' : null,
    sponsorName: contractor ? 'Ingrid Solheim' : null,
    startsOn: `20${String(10 + (index % 16)).padStart(2, '0')}-0${(index % 9) + 1}-01`,
    endsOn: index % 13 === 5 ? '2026-12-31' : null,
    voluntary: index % 13 === 5 ? true : null,
  }
}
export function peopleCount(amount: Amount): number {
  return amount === 'much' ? 4200 : amount === 'little' ? 6 : 0
}

export function servicesFixture(amount: Amount): ListedService[] {
  return amount === 'none'
    ? []
    : ['Sikkerhetskopi', 'Overvåking', 'PostgreSQL'].map((name, index) => ({
        id: `svc-${index}`,
        name,
        owner: '1002',
        ownerName: 'Olav Bakke',
      }))
}

const kept = [
  ['Kundedata', 'sensitive', 'db-01', true],
  ['Lønn', 'confidential', 'HR-systemet', true],
  ['Nettsider', 'public', 'web-01', false],
  ['Avtaler', null, null, false],
] as const

export function dataSetAt(index: number, now: number): ListedDataSet {
  const [name, kind, place, safe] = kept[index % 4] ?? kept[0]
  const owned = index % 4 < 3
  return {
    id: `data-${index + 1}`,
    name: index < 4 ? name : `${name} ${index + 1}`,
    class: kind,
    place,
    owner: owned ? '1002' : null,
    ownerName: owned ? 'Olav Bakke' : null,
    encryptedAtRest: safe,
    encryptedInTransit: safe,
    accessRestricted: safe,
    backedUp: index % 4 !== 3,
    retentionDays: safe ? 1825 : null,
    enteredAt: now - 200 * day,
    reviewedAt: index % 3 === 0 ? null : now - 20 * day,
  }
}

export function dataSetCount(amount: Amount): number {
  return amount === 'much' ? 900 : amount === 'little' ? 4 : 0
}

export function dataSetsPreviewFixture(now: number): DataPreview {
  const plain = (index: number) => {
    const { ownerName: _, enteredAt: __, reviewedAt: ___, ...set } = dataSetAt(index, now)
    return set
  }
  const before = plain(1)
  return {
    digest: 'cd'.repeat(32),
    added: [plain(0), plain(2)],
    changed: [{ before, after: { ...before, class: 'sensitive', backedUp: false } }],
    notInFile: [plain(3)],
    unchanged: 1,
    faults: [],
    encoding: 'utf-8',
    ignoredColumns: ['avdeling'],
    braked: false,
  }
}

export function ownerAt(index: number, now: number): AccountOwner {
  const owned = index % 3 === 2
  return {
    account: `web-01/bruker${index}`,
    label: `bruker${index}`,
    place: 'web-01.oslo.example',
    owner: owned ? { kind: 'person', id: '1002', name: 'Olav Bakke' } : null,
    saidBy: owned ? { id: accountsFixture(now)[1]?.id ?? '', name: 'Olav Bakke' } : null,
    saidAt: owned ? now - 3 * day : null,
  }
}

export function previewFixture(braked: boolean): ImportPreview {
  const before = personAt(3)
  return {
    digest: 'ab'.repeat(32),
    added: Array.from({ length: braked ? 60 : 3 }, (_, index) => personAt(index + 20)),
    changed: [{ before, after: { ...before, endsOn: '2026-12-31', voluntary: true } }],
    notInFile: [personAt(7)],
    unchanged: 4,
    faults: [],
    late: ['1004'],
    encoding: 'windows-1252',
    ignoredColumns: ['avdeling'],
    braked,
  }
}

export function hostsFixture(amount: Amount, now: number): Host[] {
  const count = amount === 'much' ? 300 : amount === 'little' ? 3 : 0
  return Array.from({ length: count }, (_, index) => ({
    id: `h${index}`,
    name: `web-${String(index + 1).padStart(2, '0')}.oslo.fjordkraft.example`,
    role: index % 3 === 2 ? 'workstation' : 'production',
    declaredBy: index === 0 ? 'hevd' : admin,
    declaredAt: now - (30 + index) * day,
    endedAt: index % 17 === 16 ? now - 2 * day : null,
    lastHeardAt: index % 11 === 2 ? null : now - (index % 9) * 60_000,
    certificate: index === 0 ? null : certificateOf(index, now),
  }))
}

function certificateOf(index: number, now: number): NonNullable<Host['certificate']> {
  const state = (['good', 'good', 'waiting', 'expired', 'revoked'] as const)[index % 5] ?? 'good'
  return {
    serial: index.toString(16).padStart(32, '4'),
    state,
    issuedAt: now - 3 * day,
    notAfter: state === 'expired' ? now - hour : now + 4 * day,
    revokedAt: state === 'revoked' ? now - 5 * hour : null,
    revokedFor: state === 'revoked' ? 'administrator' : null,
    rejoinedAt: index % 7 === 1 ? now - 2 * day : null,
    sharedAt: index % 30 === 6 ? now - hour : null,
    version: '0.1.0',
  }
}

export function joinTokensFixture(amount: Amount, now: number): JoinTokens {
  const count = amount === 'much' ? 12 : amount === 'little' ? 1 : 0
  return {
    address: amount === 'none' ? null : 'https://hevd.fjordkraft.example:4385',
    tokens: Array.from({ length: count }, (_, index) => ({
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      host: index % 2 === 1 ? `h${index}` : null,
      role: index % 2 === 1 ? null : 'production',
      madeBy: admin,
      madeAt: now - 5 * 60_000,
      expiresAt: now + (index + 1) * 4 * 60_000,
    })),
  }
}

export function hostListsFixture(amount: Amount, now: number): HostList[] {
  const lists: HostList[] = [
    { of: 'hosts', source: 'aws-eu-north-1', importedAt: now - 3 * day, entries: 212 },
    { of: 'volumes', source: 'aws-eu-north-1', importedAt: now - 41 * day, entries: 640 },
    { of: 'devices', source: 'intune', importedAt: now - 2 * hour, entries: 97 },
  ]
  return amount === 'none' ? [] : amount === 'little' ? lists.slice(0, 1) : lists
}

export function feedsFixture(amount: Amount, now: number): Feed[] {
  if (amount === 'none') return []
  const collectors = [
    ['accounts', 'Kontoer og grupper', 'Accounts and groups'],
    ['sockets', 'Porter som lytter', 'Listening sockets'],
    ['sshd', 'Innstillinger for sshd', 'Settings of sshd'],
    ['packages', 'Pakker og oppdateringer', 'Packages and updates'],
  ] as const
  const hosts = amount === 'much' ? 40 : 2
  return Array.from({ length: hosts }, (_, host) =>
    collectors.map(([name, nb, en], index): Feed => {
      const silent = host % 20 === 1 && index === 0
      const never = host % 20 === 1 && index === 3
      const gap = host === 0 && index === 2
      return {
        name: `web-0${host + 1}/${name}`,
        title: { nb, en },
        kind: 'agent',
        host: { id: `h${host}`, name: `web-0${host + 1}` },
        state: silent ? 'silent' : never ? 'never-connected' : 'fresh',
        interval: index === 3 ? 'PT1H' : 'PT5M',
        firstHeardAt: never ? null : now - 30 * day,
        lastHeardAt: never ? null : silent ? now - 9 * hour : now - 90_000,
        silentAt: never ? null : silent ? now - 8 * hour : now + 12 * 60_000,
        facts: never ? 0 : 40 * (index + 1),
        gaps: gap
          ? [
              {
                type: 'sshd-settings',
                scope: 'web-01',
                state: 'needs-right',
                detail: 'sudo -n sshd -T: a password is required',
                remedy: {
                  nb: 'Gi agenten lov til å kjøre «sshd -T»: legg linjen fra «hevd doctor» i /etc/sudoers.d/hevd.',
                  en: 'Let the agent run “sshd -T”: put the line from “hevd doctor” in /etc/sudoers.d/hevd.',
                },
                since: now - 3 * day,
              },
            ]
          : [],
        lastError: silent
          ? {
              at: now - 9 * hour,
              text: 'The digest differs.',
              words: { nb: 'Summen av opplysningene stemmer ikke.', en: 'The digest of the facts differs.' },
              remedy: {
                nb: 'Agenten sender alt på nytt. Blir det ved, start den på nytt.',
                en: 'The agent sends everything anew. If it stays, restart it.',
              },
            }
          : null,
      }
    }),
  ).flat()
}
