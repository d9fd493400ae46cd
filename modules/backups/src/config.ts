import type { Duration } from '@hevd/core'

/** Settings of the module, with their defaults. Durations without calendar units. */
export type BackupsConfig = {
  /** How often what agents say of backups is remembered. */
  readonly lookEvery: Duration
  /** How long before a reader's last day administrators are asked about it. */
  readonly endsWithin: Duration
}

export const backupsDefaults: BackupsConfig = { lookEvery: 'PT30S', endsWithin: 'P14D' }
