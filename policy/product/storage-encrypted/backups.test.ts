import type { Test } from '@hevd/core'
import { namedServices, type Said } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said } from '../../world.ts'
import {
  backup,
  day,
  drill,
  holder,
  hour,
  log,
  otherDigest,
  plan,
  reads,
  record,
  run,
  server,
  source,
  world,
} from './backups.fixture.ts'
import { backupsEncrypted } from './backups-encrypted.ts'
import { backupsKept } from './backups-kept.ts'
import { backupsMade } from './backups-made.ts'
import { databasesEncrypted } from './databases-encrypted.ts'
import { databasesPlanned } from './databases-planned.ts'
import { storageEncrypted } from './index.ts'
import { keptLongEnough } from './kept-long-enough.ts'
import { lastDrillPassed } from './last-drill-passed.ts'
import { logsEncrypted } from './logs-encrypted.ts'
import { plansKept } from './plans-kept.ts'
import { readersKnown } from './readers-known.ts'
import { restoresDrilled } from './restores-drilled.ts'
import { volumesEncrypted } from './volumes-encrypted.ts'

type Case = readonly [
  what: string,
  facts: readonly Said[],
  verdict: 'holds' | 'fails' | 'unknown' | 'outside',
  code?: string,
]

/** Each rule with its known-bad twin first, and its subtle good neighbours. */
const rules: readonly (readonly [Test, object, readonly Case[]])[] = [
  [
    databasesPlanned,
    {},
    [
      ['nothing backs it up', [made.host(), server()], 'fails', 'database-not-planned'],
      [
        'another server is backed up',
        [made.host(), server(), plan({ server: 'h1/5433', system: null })],
        'fails',
        'database-not-planned',
      ],
      ['its host backs it up', [made.host(), server(), plan()], 'holds'],
      [
        'another host backs up its replica',
        [
          ...[made.host(), server({ system: '7423' })],
          plan({ id: 'h2/shop', host: 'h2', server: 'h2/db1:5432' }),
        ],
        'holds',
      ],
      ['its host is not of production', [made.host({ role: 'other' }), server()], 'outside'],
    ],
  ],
  [
    plansKept,
    {},
    [
      ['its plan was taken out', [source()], 'fails', 'plan-gone'],
      ['its plan is there', [source(), plan()], 'holds'],
      ['it was ended', [source({ endedAt: noon - day })], 'outside'],
    ],
  ],
  [
    backupsMade,
    { logBehindAtMost: 'PT1H' },
    [
      [
        'three in a row are missing',
        [plan(), log(), backup({ startedAt: noon - 3 * day })],
        'fails',
        'backup-too-old',
      ],
      ['one is late', [plan(), log(), backup({ startedAt: noon - 2 * day })], 'holds', 'backed-up'],
      [
        'none in three times as long as the plan is known',
        [plan(), source(), run()],
        'fails',
        'never-backed-up',
      ],
      [
        'none yet of a new plan',
        [plan(), source({ firstSeenAt: noon - day })],
        'unknown',
        'not-yet-backed-up',
      ],
      [
        'small ones are missing, full ones are not',
        [
          plan({ of: 'folder', log: false, server: null, full: 'P7D', incremental: 'PT1H' }),
          backup({ startedAt: noon - 4 * hour }),
        ],
        'fails',
        'backup-too-old',
      ],
      [
        'small ones stand for no full one',
        [
          plan({ of: 'folder', log: false, server: null, incremental: 'PT1H' }),
          backup({ startedAt: noon - 4 * day }),
          backup({ id: 'h1/shop/b2', backup: 'b2', kind: 'incremental', parent: 'b1' }),
        ],
        'fails',
        'backup-too-old',
      ],
      [
        'the newer ones lack what could not be read',
        [
          plan({ of: 'folder', log: false, server: null }),
          ...[backup({ missed: 3 }), backup({ id: 'h1/shop/b0', backup: 'b0', startedAt: noon - 3 * day })],
        ],
        'fails',
        'backup-too-old',
      ],
      ['the log is behind', [plan(), backup(), log({ until: noon - hour })], 'fails', 'log-behind'],
      [
        'a piece of the log is missing',
        [plan(), backup(), log({ firstGap: '000000010000000000000007', gaps: 2 })],
        'fails',
        'log-gap',
      ],
      ['the log has not been seen', [plan(), backup()], 'unknown', 'log-not-seen'],
      ['no log is asked for', [plan({ log: false }), backup()], 'holds', 'backed-up'],
    ],
  ],
  [
    backupsEncrypted,
    { filesLookedAtEvery: 'P7D' },
    [
      [
        'a file is plain',
        [backup({ faults: [{ file: 'base.tar.zst.age', fault: 'plain' }], faultCount: 1 })],
        'fails',
        'backup-plain',
      ],
      [
        'a file has another content',
        [backup({ faults: [{ file: 'base.tar.zst.age', fault: 'digest' }], faultCount: 1 })],
        'fails',
        'backup-damaged',
      ],
      ['its files have not been looked at', [backup({ headersAt: null })], 'unknown', 'backup-not-looked-at'],
      [
        'they were looked at long ago',
        [backup({ headersAt: noon - 7 * day })],
        'unknown',
        'backup-looked-at-long-ago',
      ],
      ['all of them are age files', [backup()], 'holds', 'backup-headers'],
      ['all of them were read', [backup({ readAt: noon - day })], 'holds', 'backup-read'],
    ],
  ],
  [
    logsEncrypted,
    {},
    [
      ['a piece is plain', [log({ plain: ['00000001/7'], plainCount: 1 })], 'fails', 'log-plain'],
      ['none is', [log()], 'holds'],
    ],
  ],
  [
    backupsKept,
    { backupsKeptAtLeast: 'P30D' },
    [
      ['it is gone', [record(), source(), plan()], 'fails', 'backup-gone'],
      [
        'it is another one now',
        [record(), source(), plan(), backup({ digest: otherDigest })],
        'fails',
        'backup-changed',
      ],
      ['it is there', [record(), source(), plan(), backup()], 'holds'],
      [
        'its change was confirmed',
        [
          ...[source(), plan(), backup({ digest: otherDigest })],
          record({ digest: otherDigest, changeAcceptedAt: noon - hour }),
        ],
        'holds',
        'backup-change-accepted',
      ],
      [
        'it went when it was old enough',
        [record({ startedAt: noon - 30 * day }), source(), plan()],
        'outside',
      ],
      ['nobody looks for it', [record(), source()], 'unknown', 'backup-not-looked-for'],
      ['its source was ended', [record(), source({ endedAt: noon - hour })], 'outside'],
    ],
  ],
  [
    keptLongEnough,
    { backupsKeptAtLeast: 'P30D' },
    [
      ['it may let go sooner', [plan({ keepAtLeast: 'P29D' })], 'fails', 'minimum-too-short'],
      ['it has not been seen', [plan({ keepAtLeast: null })], 'unknown', 'minimum-not-seen'],
      ['it keeps as long', [plan({ keepAtLeast: 'P1M' })], 'holds'],
    ],
  ],
  [
    restoresDrilled,
    { restoreEvery: 'P3M' },
    [
      ['none was ever done', [source({ firstSeenAt: noon - 100 * day })], 'fails', 'drill-overdue'],
      [
        'the last that passed is too old',
        [
          ...[source({ firstSeenAt: noon - 300 * day }), drill({ endedAt: noon - 100 * day })],
          drill({ endedAt: noon - day, outcome: 'failed', code: 'content-differs' }),
        ],
        'fails',
        'drill-overdue',
      ],
      [
        'one passed lately',
        [source({ firstSeenAt: noon - 300 * day }), drill({ endedAt: noon - 80 * day })],
        'holds',
      ],
      ['its time has not come', [source({ firstSeenAt: noon - 80 * day })], 'holds'],
      [
        'its source was ended',
        [source({ firstSeenAt: noon - 100 * day, endedAt: noon - 50 * day })],
        'holds',
        'source-ended',
      ],
    ],
  ],
  [
    lastDrillPassed,
    {},
    [
      [
        'it failed after one that passed',
        [
          ...[source(), drill({ endedAt: noon - 2 * day })],
          drill({ endedAt: noon - day, outcome: 'failed', code: 'content-differs' }),
        ],
        'fails',
        'drill-failed',
      ],
      [
        'it passed after one that failed',
        [source(), drill({ endedAt: noon - 2 * day, outcome: 'failed' }), drill()],
        'holds',
        'drill-passed',
      ],
      ['none was done', [source()], 'outside'],
    ],
  ],
  [
    readersKnown,
    {},
    [
      ['nobody told whose it is', [reads()], 'fails', 'reader-undeclared'],
      [
        'its last day is over',
        [reads(), made.person(), holder({ until: '2026-06-14' })],
        'fails',
        'reader-over',
      ],
      ['it was ended', [reads(), made.person(), holder({ endedAt: noon - 1 })], 'fails', 'reader-over'],
      [
        'who asked approved it',
        [reads(), made.person(), holder({ approvedBy: 'ada' })],
        'fails',
        'reader-own-approval',
      ],
      ['its holder is nobody', [reads(), holder()], 'fails', 'reader-not-there'],
      [
        'its holder has left',
        [reads(), made.person({ endsOn: '2026-06-14' }), holder()],
        'fails',
        'reader-left',
      ],
      [
        'one of its two holders has left',
        [
          ...[reads(), made.person({ endsOn: '2026-06-14' }), made.person({ id: 'p2' }), holder()],
          holder({ id: 'r2', holder: { kind: 'person', id: 'p2' } }),
        ],
        'fails',
        'reader-left',
      ],
      ['its holder works here', [reads(), made.person(), holder()], 'holds', 'reader-declared'],
      [
        'its last day and its holder’s are today',
        [reads(), made.person({ endsOn: '2026-06-15' }), holder({ until: '2026-06-15' })],
        'holds',
        'reader-declared',
      ],
      [
        'a drill host has it',
        [
          ...[reads(), said(namedServices, { id: 'drills', name: 'Drills', owner: 'p1' })],
          holder({ holder: { kind: 'service', id: 'drills' } }),
        ],
        'holds',
        'reader-declared',
      ],
    ],
  ],
]

describe.each(rules)('$id', (rule, parameters, cases) => {
  const named = cases.map(([what, facts, verdict, code]) => ({ what, facts, verdict, code }))
  test.each(named)('$what', ({ facts, verdict, code }) => {
    const judged = Object.values(judgedIn(world(...facts), rule, { ...parameters }))
    if (verdict === 'outside') expect(judged).toEqual([])
    else expect(judged).toMatchObject([{ verdict, ...(code === undefined ? {} : { why: { code } }) }])
  })
})

test('every rule of the control is in the table above, or looks at volumes', () => {
  const onVolumes = [volumesEncrypted.id, databasesEncrypted.id]
  expect([...rules.map(([rule]) => rule.id), ...onVolumes].sort()).toEqual(
    storageEncrypted.tests.map(({ id }) => id).sort(),
  )
  expect(storageEncrypted.lacks).toBeUndefined()
})
