export { type Due, type Made, nextDrill, nextDue } from './due.ts'
export { type Journal, openJournal } from './journal.ts'
export { isHeld, lockOf } from './lock.ts'
export { madeOf } from './made.ts'
export { backupsFileOf, backupsFolderOf, listingsFolderOf } from './places.ts'
export {
  type BackupsSettings,
  type DrillPlan,
  type Plan,
  type PlanOf,
  planNamed,
  readSettings,
  type SettingsFile,
  settingsIn,
} from './settings.ts'
export {
  type BackupsState,
  type DrillRun,
  type LogState,
  type RunRecord,
  readState,
  type SourceState,
  sourceState,
  type Why,
} from './state.ts'
