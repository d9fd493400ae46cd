import type { AccessGrant, AccessPlaces, ImportPreview, ListedGrant } from '@hevd/access/contract'
import type { Amount } from './amount.ts'
import { personAt } from './registers.ts'

const day = 24 * 3_600_000
const server = 'h0/5432'

function plainAt(index: number): AccessGrant {
  const kind = (['postgres', 'firewall', 'other'] as const)[index % 3] ?? 'other'
  return {
    id: `T-${1042 + index}`,
    holderKind: index % 5 === 4 ? 'service' : 'person',
    holder: index % 5 === 4 ? 'svc-0' : personAt(index).id,
    kind,
    place: { postgres: server, firewall: 'h0', other: 'Fakturasystemet' }[kind],
    privilege: kind === 'postgres' ? (index % 2 === 0 ? 'superuser' : 'pg_read_all_data') : null,
    need: 'Vakt og feilretting i drift, etter vaktlisten for avdelingen.',
    approvedBy: '1001',
    from: '2026-03-01',
    until: index % 7 === 6 ? '2026-10-31' : '2027-02-28',
  }
}

export function grantAt(index: number, now: number): ListedGrant {
  if (index === 0)
    return {
      ...plainAt(0),
      id: `hevd/${server}/hevd_admin`,
      holderKind: 'account',
      holder: `${server}/hevd_admin`,
      holderName: 'hevd_admin',
      placeName: 'web-01.oslo.fjordkraft.example/5432',
      approvedBy: null,
      approverName: null,
      singleApprover: false,
      until: null,
      reviewedAt: null,
      endedAt: null,
      state: 'in-force',
    }
  const grant = plainAt(index)
  return {
    ...grant,
    holderName: grant.holderKind === 'service' ? 'Sikkerhetskopi' : personAt(index).name,
    placeName: grant.kind === 'other' ? grant.place : 'web-01.oslo.fjordkraft.example',
    approverName: 'Ingrid Solheim',
    singleApprover: index % 4 === 3,
    reviewedAt: index % 3 === 1 ? null : now - 40 * day,
    endedAt: null,
    state: index % 7 === 6 ? 'over' : index % 7 === 5 ? 'to-come' : 'in-force',
  }
}

export function accessCount(amount: Amount): number {
  return amount === 'much' ? 400 : amount === 'little' ? 5 : 0
}

export function accessPlacesFixture(): AccessPlaces {
  return {
    hosts: [{ id: 'h0', name: 'web-01.oslo.fjordkraft.example' }],
    servers: [{ id: server, name: 'web-01.oslo.fjordkraft.example/5432' }],
  }
}

export function accessPreviewFixture(): ImportPreview {
  const before = plainAt(1)
  return {
    digest: 'ef'.repeat(32),
    added: [plainAt(2), plainAt(3)],
    changed: [{ before, after: { ...before, until: '2027-01-31' } }],
    notInFile: [plainAt(4)],
    unchanged: 2,
    faults: [],
    encoding: 'utf-8',
    ignoredColumns: [],
    braked: false,
  }
}
