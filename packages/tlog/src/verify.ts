/**
 * Verification, over WebCrypto alone: runs unchanged in browsers and in Node. Everything that checks throws
 * {@link TlogError} when the check fails, so that a forgotten answer cannot pass for a proof.
 */

export * from './bytes/base64.ts'
export { concat, equalBytes, toHex } from './bytes/bytes.ts'
export * from './checkpoint/checkpoint.ts'
export * from './checkpoint/open-checkpoint.ts'
export { TlogError, type TlogErrorCode, tlogErrors } from './errors.ts'
export * from './merkle/hash-async.ts'
export { hashLength } from './merkle/hash-length.ts'
export * from './merkle/prove.ts'
export type { TreeNode } from './merkle/shape.ts'
export * from './merkle/verify-consistency.ts'
export * from './merkle/verify-inclusion.ts'
export * from './note/note.ts'
export * from './note/signature-type.ts'
export * from './note/verifier-key.ts'
export * from './note/verify-note.ts'
export * from './tiles/entry-bundle.ts'
export * from './tiles/tile.ts'
export * from './tiles/tile-path.ts'
export * from './tiles/tile-reader.ts'
export * from './witness/add-checkpoint.ts'
