import type { Backup, Source } from '@hevd/backups/contract'
import { words } from '@hevd/ui'

export const ofWords = words({
  postgresql: { nb: 'PostgreSQL', en: 'PostgreSQL' },
  folder: { nb: 'mappe', en: 'folder' },
} satisfies Record<NonNullable<Source['plan']>['of'], unknown>)

export const kindWords = words({
  full: { nb: 'full', en: 'full' },
  incremental: { nb: 'inkrementell', en: 'incremental' },
} satisfies Record<Backup['kind'], unknown>)

export const runWords = words({
  running: { nb: 'pågår', en: 'under way' },
  made: { nb: 'gikk bra', en: 'went well' },
  incomplete: { nb: 'ble ikke hel', en: 'was not whole' },
  failed: { nb: 'mislyktes', en: 'failed' },
  interrupted: { nb: 'ble avbrutt', en: 'was broken off' },
} satisfies Record<NonNullable<Source['lastRun']>['outcome'], unknown>)

export const drillWords = words({
  passed: { nb: 'bestått', en: 'passed' },
  failed: { nb: 'ikke bestått', en: 'failed' },
})

/** What a page asks for anew after a change. */
export const backupsRefreshes = ['/api/backups', '/api/backup-recipients', '/api/policy', '/api/findings']
