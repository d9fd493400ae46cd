/** Holds the root key, which wraps data keys. It never gives it away. */
export type KeyProvider = {
  /** For messages: what it is and where, nothing secret. */
  readonly name: string
  /** A new random key of 32 bytes, in clear and wrapped. The caller overwrites the clear one. */
  newDataKey(): Promise<DataKeyPair>
  /** Throws `wrapped-unfit` for what another root key wrapped. The caller overwrites what it got. */
  unwrap(wrapped: string): Promise<Buffer>
  /** The same key, wrapped by the newest root key. */
  rewrap(wrapped: string): Promise<string>
}

export type DataKeyPair = { readonly plain: Buffer; readonly wrapped: string }

export const KEY_BYTES = 32
