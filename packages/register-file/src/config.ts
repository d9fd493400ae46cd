/** Settings of an import, with their defaults. */
export type ImportConfig = {
  /** More than this many at once, and more than this share of the register, must be confirmed by their number. */
  readonly brakeCount: number
  readonly brakeShare: number
  /** Largest file in bytes, and most lines in it. */
  readonly fileBytes: number
  readonly fileRows: number
  /** Faults of a file that are told; the rest are counted. */
  readonly faultsTold: number
}

export const importDefaults: ImportConfig = {
  brakeCount: 10,
  brakeShare: 0.1,
  fileBytes: 8 * 1024 * 1024,
  fileRows: 100_000,
  faultsTold: 200,
}
