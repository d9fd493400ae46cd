import {
  backupLogs,
  backupPlans,
  backupRecipients,
  backupRecords,
  backupRuns,
  backupSources,
  backups,
  drillRecords,
  hosts,
  namedServices,
  people,
  postgresServers,
  recipientHolders,
  type Said,
  type ValueOf,
} from '@hevd/facts'
import { noon, said, type World } from '../../world.ts'

type Over<T> = Partial<ValueOf<T>>
export const hour = 3_600_000
export const day = 24 * hour
export const seen = [
  ...[backupLogs, backupPlans, backupRecipients, backupRecords, backupRuns, backupSources, backups],
  ...[drillRecords, hosts, namedServices, people, postgresServers, recipientHolders],
]
export const world = (...facts: readonly Said[]): World => ({ facts, seen, scopes: ['h1'] })
export const age = 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'
export const [oneDigest, otherDigest] = ['1'.repeat(64), '2'.repeat(64)]

export const plan = (over: Over<typeof backupPlans> = {}) =>
  said(backupPlans, {
    ...{ id: 'h1/shop', host: 'h1', source: 'shop', of: 'postgresql', server: 'h1/5432', system: '7423' },
    ...{ target: 'folder /backup', full: 'P1D', incremental: null, log: true, recipients: [age] },
    ...{ keepAtLeast: 'P30D', ...over },
  })
export const backup = (over: Over<typeof backups> = {}) =>
  said(backups, {
    ...{ id: 'h1/shop/b1', host: 'h1', plan: 'h1/shop', source: 'shop', backup: 'b1', kind: 'full' },
    ...{ parent: null, startedAt: noon - hour, endedAt: noon - hour + 1, bytes: 9, files: 4, missed: 0 },
    ...{ digest: oneDigest, recipients: [age], headersAt: noon - hour, readAt: null, faults: [] },
    ...{ faultCount: 0, ...over },
  })
export const log = (over: Over<typeof backupLogs> = {}) =>
  said(backupLogs, {
    ...{ plan: 'h1/shop', host: 'h1', from: noon - day, until: noon - 60_000, firstGap: null, gaps: 0 },
    ...{ plain: [], plainCount: 0, ...over },
  })
export const run = (over: Over<typeof backupRuns> = {}) =>
  said(backupRuns, {
    ...{
      plan: 'h1/shop',
      host: 'h1',
      kind: 'full',
      startedAt: noon - hour,
      endedAt: noon,
      outcome: 'failed',
    },
    ...{ code: 'target-full', ...over },
  })
export const source = (over: Over<typeof backupSources> = {}) =>
  said(backupSources, {
    ...{ id: 'h1/shop', host: 'h1', source: 'shop', firstSeenAt: noon - 10 * day, endedAt: null, ...over },
  })
export const record = (over: Over<typeof backupRecords> = {}) =>
  said(backupRecords, {
    ...{ id: 'h1/shop/b1', plan: 'h1/shop', host: 'h1', backup: 'b1', startedAt: noon - 5 * day },
    ...{ digest: oneDigest, changeAcceptedAt: null, ...over },
  })
export const drill = (over: Over<typeof drillRecords> = {}) =>
  said(drillRecords, {
    ...{ id: `d/${over.endedAt ?? 0}`, plan: 'h1/shop', backup: 'b1', endedAt: noon - day },
    ...{ outcome: 'passed', code: null, files: 4, tables: 12, rows: 900, ...over },
  })
export const reads = (over: Over<typeof backupRecipients> = {}) =>
  said(backupRecipients, {
    ...{ plan: 'h1/shop', host: 'h1', recipient: age, inPlan: true, backups: 3, ...over },
  })
export const holder = (over: Over<typeof recipientHolders> = {}) =>
  said(recipientHolders, {
    ...{ id: 'r1', recipient: age, holder: { kind: 'person', id: 'p1' }, purpose: 'Restores' },
    ...{ keptAt: 'The safe', from: '2026-01-01', until: '2026-12-31', askedBy: 'ada', approvedBy: 'bo' },
    ...{ singleApprover: false, endedAt: null, ...over },
  })
export const server = (over: Over<typeof postgresServers> = {}) =>
  said(postgresServers, {
    ...{ id: 'h1/5432', host: 'h1', version: '17.1', ssl: true, sslMinimumVersion: 'TLSv1.2' },
    ...{ passwordEncryption: 'scram-sha-256', listenAddresses: ['*'], dataChecksums: true, ...over },
  })
