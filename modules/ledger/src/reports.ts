import type { Reports } from './logs.ts'

/** What is needed of a logger; pino's has it. */
export type LedgerLogger = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What the operator is told: each trouble once when it begins, and once when it has ended. */
export function reports(logger: LedgerLogger): Reports {
  return {
    failed: (organisation, err) =>
      logger.error({ organisation, err }, 'The log cannot be carried on; trying again'),
    recovered: (organisation) => logger.info({ organisation }, 'The log is carried on again'),
    witnessFailed: (witness, err) => logger.warn({ witness, err }, 'A witness did not sign; the log goes on'),
    witnessRecovered: (witness) => logger.info({ witness }, 'The witness signs again'),
  }
}
