/** A benchmark: ours beside a peer or the physical limit, in the same run, best of n. */
export type Bench = {
  readonly name: string
  /** `report` takes lines of progress. */
  run(report: (line: string) => void): Promise<BenchResult>
}

export type BenchResult = {
  /** Our speed and the reference's, in `unit`; more is better. */
  readonly ours: number
  readonly reference: number
  readonly unit: string
  /** What the reference is. */
  readonly what: string
  readonly others: readonly { readonly what: string; readonly value: number; readonly ratio: number }[]
}
