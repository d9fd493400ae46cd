export { countRecipients, isAge } from './age/header.ts'
export * from './age/keys.ts'
export { decrypt, encrypt } from './age/stream.ts'
export { type BackupRecord, backupRecord, type Progress, sourceName } from './backup.ts'
export { type DrillRecord, drillRecord, failsDrill } from './drill.ts'
export { ArchiveError, type ArchiveErrorCode, archiveErrorOf } from './errors.ts'
export { type BackedUpFolder, type BackUpFolder, backUpFolder } from './folder/back-up.ts'
export { type DrillFolder, drillFolder } from './folder/drill.ts'
export { type RestoredFolder, type RestoreFolder, restoreFolder } from './folder/restore.ts'
export * from './plans/index.ts'
export { archiveWal } from './postgres/archive-wal.ts'
export { backUpPostgres } from './postgres/back-up.ts'
export { currentLsn } from './postgres/current-lsn.ts'
export { drillPostgres } from './postgres/drill.ts'
export { dropSlot } from './postgres/drop-slot.ts'
export type {
  ArchiveWal,
  BackUpPostgres,
  DrillPostgres,
  PostgresSource,
  RestoredPostgres,
  RestorePostgres,
  RestoreUntil,
  WalEvent,
} from './postgres/options.ts'
export { restorePostgres } from './postgres/restore.ts'
export { type Reencrypt, reencrypt } from './reencryption/reencrypt.ts'
export { type CheckedFile, checkFiles, type FileState, requireSound } from './repository/check-files.ts'
export { backupId } from './repository/layout.ts'
export {
  type BackupsOfSource,
  chainOf,
  findBackup,
  isWhole,
  listBackups,
  type Unfinished,
} from './repository/list-backups.ts'
export { openBackupFile } from './repository/read-file.ts'
export {
  initRepository,
  openRepository,
  type Repository,
  raiseKeepAtLeast,
  sourcesOf,
} from './repository/repository.ts'
export {
  listWal,
  lsnNumber,
  type RestorableSpan,
  restorableSpans,
  type WalGap,
  type WalListing,
  type WalSegment,
  walGaps,
} from './repository/wal.ts'
export { type BackupWriter, beginBackup } from './repository/write-backup.ts'
export { type Pruned, prune, sweep } from './retention/prune.ts'
export { type KeepRules, type KeptBy, sortByRules } from './retention/rules.ts'
export type { Target, TargetFile } from './target.ts'
export { openTarget } from './targets/open-target.ts'
export { parseTarget, type TargetSetting, targetSetting } from './targets/setting.ts'
