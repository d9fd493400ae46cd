import { join } from 'node:path'
import type { Access } from '@hevd/access'
import type { Backups } from '@hevd/backups'
import type { Data } from '@hevd/data'
import type { Feeds } from '@hevd/feeds'
import type { Keys } from '@hevd/keys'
import type { ErasureParts } from '@hevd/people'
import type { Posture } from '@hevd/posture'
import type { Residency } from '@hevd/residency'
import { maskInLogs } from './mask-logs.ts'
import { personalData } from './personal-data.ts'

/** Everything that an erasure of a person goes through, outside the register of people. */
export function erasureParts(
  {
    access,
    backups,
    data,
    feeds,
    keys,
    posture,
    residency,
  }: {
    readonly access: Access
    readonly backups: Backups
    readonly data: Data
    readonly feeds: Feeds
    readonly keys: Keys
    readonly posture: Posture
    readonly residency: Residency
  },
  { home, rewrite }: { readonly home: string; readonly rewrite: ErasureParts['rewrite'] },
): ErasureParts {
  return {
    registers: [
      { hindrance: 'access', hinders: access.stillHeld, erase: access.erase },
      { hindrance: 'data-set', hinders: data.ownedBy, erase: data.erase },
      { hindrance: 'backup-reader', hinders: backups.stillReads, erase: backups.erase },
      // Keys are granted to accounts and services, so a person is named there in words alone.
      { hindrance: 'access', hinders: async () => [], erase: keys.erase },
      // Customers, stores and subprocessors name a person in words alone.
      { hindrance: 'access', hinders: async () => [], erase: residency.erase },
    ],
    feeds,
    history: posture,
    personalData,
    maskLogs: (words) =>
      maskInLogs([join(home, 'log'), join(home, 'postgres'), join(home, 'postgres', 'log')], words),
    rewrite,
  }
}
