/** SQLSTATE codes (PostgreSQL manual, appendix A) that callers act on. */
export const sqlState = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  insufficientPrivilege: '42501',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  diskFull: '53100',
  readOnlyTransaction: '25006',
} as const

/** The SQLSTATE of an error from the server, else undefined. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** True for a violated unique key or index; with `constraint`, of that one alone. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (sqlStateOf(error) !== sqlState.uniqueViolation) return false
  if (constraint === undefined) return true
  return error instanceof Error && 'constraint' in error && error.constraint === constraint
}

/** True for a reference to a row that is not there, or that is still referred to. */
export function isForeignKeyViolation(error: unknown): boolean {
  return sqlStateOf(error) === sqlState.foreignKeyViolation
}

/** True where the role may not do this, or a row-level security policy forbids the row. */
export function isForbidden(error: unknown): boolean {
  return sqlStateOf(error) === sqlState.insufficientPrivilege
}

/** True where there was no room to write: the server's disk is full, or `mayWrite` (`DatabaseConfig`) said no. */
export function isOutOfRoom(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state === sqlState.diskFull || state === sqlState.readOnlyTransaction
}

/** True where the same transaction may succeed when it is run again from its beginning. */
export function isTransient(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state === sqlState.serializationFailure || state === sqlState.deadlockDetected
}
