import type { Clock } from '@hevd/core'
import type { Target } from '../target.ts'
import { folderTarget } from './folder/folder-target.ts'
import { s3Target } from './s3/s3-target.ts'
import { parseTarget, type TargetSetting } from './setting.ts'
import { sftpTarget } from './sftp/sftp-target.ts'

/**
 * Opens the place that a setting names. What a writer that was ended has left half-written there, and nobody has touched
 * for a day, is removed, unless it is opened only to `look`. Throws `target-not-valid`, and what the place answers with
 * (`target-unreachable`, `target-refused`, `host-key-unknown`).
 */
export async function openTarget(
  setting: TargetSetting,
  clock: Clock = { now: Date.now },
  purpose: 'use' | 'look' = 'use',
): Promise<Target> {
  const sweeps = purpose === 'use'
  const parsed = parseTarget(setting)
  switch (parsed.kind) {
    case 'folder':
      return folderTarget(parsed, clock, sweeps)
    case 'sftp':
      return sftpTarget(parsed, clock, sweeps)
    case 's3':
      return s3Target(parsed, clock, sweeps)
  }
}
