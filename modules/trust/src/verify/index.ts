/**
 * Checking a public page: pure, over fetched documents, the same in the page's own script, in `hevd verify` and in
 * anything else that runs JavaScript with WebCrypto.
 */

export type { Head, LogSource } from './check-log.ts'
export { commitmentOf } from './commitment.ts'
export {
  type ControlFinding,
  type ControlFindingCode,
  controlFindings,
  type LogFinding,
  type LogFindingCode,
  logFindings,
} from './findings.ts'
export { type PageField, type PageFields, pageOf } from './page-fields.ts'
export { type PolicyWords, policyDigest } from './policy-digest.ts'
export { readPage } from './read-page.ts'
export { type ShownControl, type ShownPage, shownPage, shownStates, stateWords } from './shown.ts'
export { type Checking, type TrustVerdict, verifyPage } from './verify-page.ts'
export { logOver, type VerifyOptions, verifyTrust } from './verify-trust.ts'
