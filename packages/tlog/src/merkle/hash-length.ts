/** Bytes of a SHA-256 hash. */
export const hashLength = 32

/** What stands before a leaf's and a node's bytes, so that neither can pass for the other (RFC 6962, 2.1). */
export const leafPrefix = 0x00
export const nodePrefix = 0x01
