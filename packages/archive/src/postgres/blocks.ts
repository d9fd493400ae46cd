/** Blocks of one size that are used again once they are given back, so that gigabytes leave no garbage behind. */
export type Blocks = {
  take(): Buffer
  /** A view of a block that nobody needs any more. Of what is none of these, or was given back before, nothing happens. */
  giveBack(piece: Uint8Array): void
}

export function blocksOf(bytes: number): Blocks {
  const free: Buffer[] = []
  const taken = new WeakSet<ArrayBufferLike>()
  return {
    take() {
      const block = free.pop() ?? Buffer.allocUnsafeSlow(bytes)
      taken.add(block.buffer)
      return block
    },
    giveBack({ buffer }) {
      if (taken.delete(buffer)) free.push(Buffer.from(buffer))
    },
  }
}
