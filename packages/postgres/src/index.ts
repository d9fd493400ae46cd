export { type ColumnTypeName, columns } from './columns.ts'
export {
  type Database,
  type DatabaseConfig,
  openDatabase,
  type TransactionOptions,
  type Tx,
} from './database.ts'
export { PostgresError, type PostgresErrorCode } from './errors.ts'
export { at, instantText, parseTimestamptz } from './instant.ts'
export { type MigrationSet, migrate, schemaFaults } from './migrate.ts'
export type { Organisation, OrganisationTables } from './organisation.ts'
export { rewriteTables } from './rewrite.ts'
export {
  isForbidden,
  isForeignKeyViolation,
  isOutOfRoom,
  isTransient,
  isUniqueViolation,
  sqlState,
  sqlStateOf,
} from './sqlstate.ts'
export { type Account, accountOf } from './supervisor/account.ts'
export type { SupervisorEvent } from './supervisor/keep-running.ts'
export type { ProgramSource } from './supervisor/programs.ts'
export { type CopyConfig, type RunningCopy, runCopy, stopCopy } from './supervisor/run-copy.ts'
export { supervisedElsewhere } from './supervisor/running.ts'
export { type SuperviseConfig, type Supervised, supervise } from './supervisor/supervise.ts'
export { isUuid, uuidv7 } from './uuid.ts'
