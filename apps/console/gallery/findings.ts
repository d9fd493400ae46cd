import type { Evidence, ExceptionTrial, ExceptionView, FindingView, ReplayView } from '@hevd/posture/contract'
import type { Amount } from './amount.ts'

const hour = 3_600_000
const title = { nb: 'Unike brukerkontoer', en: 'Unique user accounts' }
const ownerless = {
  code: 'owner-undeclared',
  params: {},
  text: {
    nb: 'Ingen er oppført som eier. Oppgi hvilken person eller tjeneste kontoen tilhører.',
    en: 'Nobody is listed as the owner. Say which person or service the account belongs to.',
  },
}
const silent = {
  code: 'unseen-silent',
  params: {},
  text: {
    nb: 'Kilden web-02/accounts har vært taus siden i går.',
    en: 'The source web-02/accounts has been silent since yesterday.',
  },
}

export function countOf(amount: Amount): number {
  return amount === 'much' ? 100_000 : amount === 'little' ? 9 : 0
}

/** The finding at a place of the list, worst first. */
export function findingAt(index: number, amount: Amount, now: number): FindingView {
  const much = amount === 'much'
  const state =
    index < (much ? 240 : 2)
      ? 'fails'
      : index < (much ? 900 : 3)
        ? 'unknown'
        : index < (much ? 910 : 4)
          ? 'excepted'
          : 'holds'
  const host = `web-${String((index % 40) + 1).padStart(2, '0')}`
  const name =
    index === 1
      ? `backup-replication-service-account-with-a-long-name@${host}.oslo.example`
      : `bruker${index}`
  return {
    control: 'unique-accounts',
    controlTitle: title,
    test: 'unique-accounts/one-owner',
    subject: { kind: 'account', id: `${host}/${name}`, name: `${name}@${host}` },
    verdict: state === 'excepted' ? 'fails' : state,
    state,
    why: state === 'holds' ? null : state === 'unknown' ? silent : ownerless,
    since: now - (index % 50) * 7 * hour - hour,
    failingSince: state === 'fails' || state === 'excepted' ? now - 26 * hour : null,
    until: state === 'holds' ? now + hour : null,
    lastSeen: index === 1 ? now - 5 * hour : null,
    flapping:
      index === 0
        ? { times: 4, since: now - 9 * hour, heldSince: now - hour / 4, believedAt: now + (3 * hour) / 4 }
        : null,
    exception: state === 'excepted' ? { id: 'e1', until: now + 20 * 24 * hour } : null,
  }
}

export function exceptionsFixture(amount: Amount, now: number): ExceptionView[] {
  if (amount === 'none') return []
  const base = {
    control: 'unique-accounts',
    test: 'unique-accounts/one-owner',
    covers: ownerless,
    until: now + 20 * 24 * hour,
    requestedBy: 'Ingrid Solheim',
    requestedAt: now - 30 * hour,
  }
  const all: ExceptionView[] = [
    {
      ...base,
      id: 'e1',
      subject: { kind: 'account', id: 'web-01/oracle', name: 'oracle@web-01' },
      reason:
        'Kontoen brukes av den gamle rapportjobben. Den flyttes 15. desember, og kontoen slettes samme dag.',
      approvedBy: null,
      singleApprover: false,
      state: 'requested',
    },
    {
      ...base,
      id: 'e2',
      subject: { kind: 'account', id: 'web-02/drift', name: 'drift@web-02' },
      reason: 'Leverandøren trenger kontoen til avtalen går ut.',
      approvedBy: 'Ingrid Solheim',
      singleApprover: true,
      state: 'in-force',
    },
    {
      ...base,
      id: 'e3',
      subject: { kind: 'account', id: 'web-03/test', name: 'test@web-03' },
      reason: 'Kort prøve av ny programvare i august.',
      approvedBy: 'Olav Bakke',
      singleApprover: false,
      state: 'ended',
    },
  ]
  return all
}

export function exceptionTrialFixture(now: number): ExceptionTrial {
  return {
    control: 'unique-accounts',
    title,
    finding: findingAt(0, 'little', now),
    covers: true,
    because: null,
    before: 'fails',
    after: 'fails',
    open: { before: 2, after: 1 },
    until: now + 30 * 24 * hour,
  }
}

export function evidenceFixture(now: number): Evidence {
  return {
    finding: findingAt(0, 'little', now),
    judgedAt: now - 120_000,
    policyDigest: '5f1d'.repeat(16),
    testsDigest: '0ac9'.repeat(16),
    inputsDigest: '77be'.repeat(16),
    lookups: [
      {
        type: 'account',
        by: 'byKey',
        value: 'web-01/bruker0',
        facts: [
          {
            feed: 'web-01/accounts',
            source: { nb: 'Kontoer og grupper', en: 'Accounts and groups' },
            observedAt: now - 180_000,
            recordedAt: now - 179_000,
            value: {
              host: 'web-01',
              name: 'bruker0',
              uid: 1004,
              gid: 1004,
              home: '/home/bruker0',
              shell: '/bin/bash',
              shellOpens: true,
            },
          },
        ],
        unseen: [],
      },
      {
        type: 'inbound-policy',
        by: 'ofHost',
        value: 'web-01',
        facts: [
          {
            feed: 'web-01/network',
            source: { nb: 'Brannmur', en: 'Firewall' },
            observedAt: now - 200_000,
            recordedAt: now - 199_000,
            value: {
              host: 'web-01',
              interface: 'eth0',
              family: 'ipv4',
              tcp: [
                [22, 22],
                [8000, 8080],
              ],
              udp: [],
              mayTcp: [],
              mayUdp: [],
              unmodelled: ['ct helper'],
              defaultAccept: null,
            },
          },
        ],
        unseen: [],
      },
      { type: 'account-owner', by: 'ofAccount', value: 'web-01/bruker0', facts: [], unseen: [] },
      { type: 'person', by: 'byKey', value: '1004', facts: [], unseen: [silent] },
    ],
    history: [
      { verdict: 'holds', why: null, from: now - 900 * hour, until: now - 26 * hour },
      { verdict: 'unknown', why: silent, from: now - 1200 * hour, until: now - 900 * hour },
    ],
  }
}

export function replayFixture(now: number): ReplayView {
  const { finding, policyDigest, testsDigest, inputsDigest, lookups } = evidenceFixture(now)
  const { verdict, why, since } = finding
  return {
    from: since,
    until: null,
    judgedAt: since,
    policyDigest,
    testsDigest,
    inputsDigest,
    lookups,
    said: { verdict, why },
    again: { verdict: 'holds', why: null },
    same: false,
    otherTests: true,
  }
}
