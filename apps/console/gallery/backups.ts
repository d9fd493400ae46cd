import type {
  Backup,
  Drill,
  Reader,
  Recipient,
  RecipientList,
  Source,
  SourceDetail,
} from '@hevd/backups/contract'
import type { FindingView } from '@hevd/posture/contract'
import type { Amount } from './amount.ts'
import { accountsFixture } from './registers.ts'

const hour = 3_600_000
const day = 24 * hour
const uuid = (index: number) => `7d1c0b8a-0000-7000-8000-${String(index).padStart(12, '0')}`
const isoDate = (at: number) => new Date(at).toISOString().slice(0, 10)
const age = (index: number) =>
  `age1${'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.repeat(2).slice(index, index + 30)}${'q'.repeat(28)}`
const names = ['kundedata', 'dokumenter', 'hevd', 'regnskap', 'ordre', 'bilder-fra-byggeplasser']
const hosts = ['db-01.oslo.fjordkraft.example', 'fil-02.bergen.fjordkraft.example', 'hevd-01']

function drillAt(index: number, now: number): Drill {
  const isDatabase = index % 2 === 0
  const failed = index % 5 === 3
  return {
    at: now - (index + 3) * 11 * day,
    backup: `${isoDate(now - (index + 4) * 11 * day).replaceAll('-', '')}T020000Z-full`,
    outcome: failed ? 'failed' : 'passed',
    code: failed ? 'content-differs' : null,
    files: 1284,
    tables: isDatabase ? 212 : 0,
    rows: isDatabase ? 48_210_377 : 0,
  }
}

function sourceAt(index: number, amount: Amount, now: number): Source {
  /** With much to show, the first one has all that can be wrong. */
  const isBad = index === 3 || (index === 0 && amount === 'much')
  const isDatabase = index % 2 === 0
  const never = index % 11 === 7
  const ended = index % 13 === 12
  const host = `h${index % 3}`
  const name = index < names.length ? (names[index] ?? '') : `${names[index % names.length]}-${index}`
  const lastAt = now - ((index * 5) % 30) * hour
  return {
    ...{
      id: `${host}/${name}`,
      host,
      hostName: hosts[index % 3] ?? host,
      name,
      firstSeenAt: now - 200 * day,
    },
    ...(ended
      ? { endedAt: now - 20 * day, endedWhy: 'Systemet er lagt ned, og dataene er flyttet til arkivet.' }
      : { endedAt: null, endedWhy: null }),
    plan: ended
      ? null
      : {
          of: isDatabase ? 'postgresql' : 'folder',
          target: isDatabase
            ? '/mnt/sikkerhetskopier'
            : 's3://s3.eu-north-1.amazonaws.com/fjordkraft-kopier/filer',
          full: 'P7D',
          incremental: isDatabase ? null : 'P1D',
          log: isDatabase,
          keepAtLeast: 'P30D',
          nextDueAt: never ? null : lastAt + day,
        },
    ...(never || ended
      ? { backups: 0, bytes: 0, lastAt: null }
      : { backups: 34 + index, bytes: 812_000_000_000 / (index + 1), lastAt }),
    ...{ faulty: index === 2 ? 1 : 0, changed: isBad ? 4 : 0 },
    restorable:
      isDatabase && !never && !ended
        ? { from: now - 34 * day, until: now - 4 * 60_000, gaps: index === 4 ? 1 : 0 }
        : null,
    lastRun: ended
      ? null
      : {
          startedAt: lastAt,
          outcome: index === 1 ? 'running' : index % 7 === 3 || never ? 'failed' : 'made',
          code: index % 7 === 3 || never ? 'target-unreachable' : null,
        },
    lastDrill: index % 4 === 1 ? null : drillAt(index, now),
    ...{ readers: ended ? 0 : 2, undeclared: index === 2 ? 1 : 0 },
    unseen: isBad
      ? {
          code: 'failed',
          detail: 's3 s3.eu-north-1.amazonaws.com fjordkraft-kopier cannot be reached: ETIMEDOUT.',
        }
      : null,
  }
}

export const backupSourcesFixture = (amount: Amount, now: number): Source[] =>
  Array.from({ length: amount === 'none' ? 0 : amount === 'little' ? 5 : 40 }, (_, index) =>
    sourceAt(index, amount, now),
  ).toSorted((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null))

function backupAt(index: number, now: number): Backup {
  const isFull = index % 7 === 0
  const at = now - index * day
  const stamp = (moment: number) => `${isoDate(moment).replaceAll('-', '')}T020000Z`
  return {
    backup: `${stamp(at)}-${isFull ? 'full' : 'incremental'}`,
    kind: isFull ? 'full' : 'incremental',
    parent: isFull ? null : `${stamp(at - day)}-${(index + 1) % 7 === 0 ? 'full' : 'incremental'}`,
    ...{ startedAt: at, endedAt: at + 14 * 60_000, bytes: isFull ? 21_400_000_000 : 380_000_000, files: 4 },
    ...{ missed: index === 2 ? 3 : 0, headersAt: index === 0 ? null : now - 5 * hour },
    readAt: isFull ? null : now - index * day,
    faults: index === 4 ? [{ file: 'content.tar.zst.age', fault: 'digest' }] : [],
    faultCount: index === 4 ? 1 : 0,
    changed: index === 6,
  }
}

function readerAt(index: number, now: number, over: Partial<Reader> = {}): Reader {
  const [me, olav] = accountsFixture(now).map(({ id, name }) => ({ id, name }))
  if (me === undefined || olav === undefined) throw new Error('Too few accounts')
  return {
    id: uuid(index),
    recipient: age(index % 4),
    holder:
      index % 3 === 2
        ? { kind: 'service', id: 'drills', name: 'Øvelsesmaskinen' }
        : { kind: 'person', id: `p${index}`, name: index % 2 === 0 ? 'Ingrid Solheim' : 'Bjørn Åsen' },
    purpose: index % 3 === 2 ? 'Gjenopprettingsøvelser hver måned' : 'Gjenoppretting når en server er tapt',
    keptAt: index % 3 === 2 ? 'På øvelsesmaskinen, lesbar for root alene' : 'På papir i safen i Oslo',
    from: isoDate(now - 100 * day),
    until: isoDate(now + 265 * day),
    state: 'in-force',
    askedBy: olav,
    decidedBy: me,
    singleApprover: false,
    ...over,
  }
}

export function backupRecipientsFixture(amount: Amount, now: number): RecipientList {
  const services = [{ id: 'drills', name: 'Øvelsesmaskinen' }]
  if (amount === 'none') return { recipients: [], services: [] }
  const of = (count: number) =>
    backupSourcesFixture('much', now)
      .slice(0, count)
      .map(({ id, name }, index) => ({ id, name, inPlan: index !== 1, backups: 34 }))
  const told: Recipient[] = [
    { recipient: age(3), sources: of(1), readers: [] },
    {
      recipient: age(0),
      sources: of(3),
      readers: [
        readerAt(4, now, { state: 'asked', decidedBy: null, recipient: age(0) }),
        readerAt(0, now),
        readerAt(1, now, { state: 'ended', recipient: age(0) }),
      ],
    },
    { recipient: age(2), sources: of(2), readers: [readerAt(2, now)] },
  ]
  const more = Array.from(
    { length: amount === 'much' ? 30 : 0 },
    (_, index): Recipient => ({
      recipient: age(index % 30).replace('age1', `age1${index}`),
      sources: of((index % 5) + 1),
      readers: [readerAt(index + 10, now)],
    }),
  )
  return { recipients: [...told, ...more], services }
}

/** Null where there is no such source. */
export function backupSourceFixture(
  host: string,
  name: string,
  amount: Amount,
  now: number,
): SourceDetail | null {
  const source = backupSourcesFixture(amount, now).find((one) => one.host === host && one.name === name)
  if (source === undefined) return null
  return {
    source,
    backups: Array.from({ length: Math.min(source.backups, amount === 'much' ? 60 : 6) }, (_, index) =>
      backupAt(index, now),
    ),
    drills: Array.from({ length: amount === 'much' ? 12 : 2 }, (_, index) => drillAt(index, now)),
    recipients: backupRecipientsFixture(amount, now).recipients.slice(0, 3),
  }
}

/** What the policy finds of those sources. */
export function backupFindingsFixture(amount: Amount, now: number): FindingView[] {
  const title = { nb: 'Krypterte databaser og sikkerhetskopier', en: 'Encrypted databases and backups' }
  const findings = backupSourcesFixture(amount, now).flatMap(({ id, name }, index): FindingView[] => {
    if (index % 9 === 8) return []
    const state = index % 7 === 3 ? 'fails' : index % 5 === 4 ? 'unknown' : 'holds'
    const why =
      state === 'fails'
        ? {
            code: 'backup-changed',
            params: {},
            text: {
              nb: 'Sikkerhetskopien er byttet ut eller endret siden den først ble sett.',
              en: 'The backup has been replaced or changed since it was first seen.',
            },
          }
        : state === 'unknown'
          ? {
              code: 'log-not-seen',
              params: {},
              text: {
                nb: 'Det er ikke sett hvor langt databasens logg er tatt vare på.',
                en: 'How far the database’s log is put away has not been seen.',
              },
            }
          : null
    const finding: FindingView = {
      ...{ control: 'storage-encrypted', controlTitle: title, test: 'storage-encrypted/backups-made' },
      ...{ subject: { kind: 'backup-plan', id, name }, verdict: state, state, why, since: now - 40 * hour },
      ...{ failingSince: null, until: now + hour, lastSeen: null, flapping: null, exception: null },
    }
    return [finding]
  })
  const rank = { fails: 0, unknown: 1, excepted: 2, holds: 3, 'not-applicable': 4 }
  return findings.toSorted((a, b) => rank[a.state] - rank[b.state])
}
