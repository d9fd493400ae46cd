/** A perfect subtree: node `index` of `level` stands over the leaves [index · 2^level, (index + 1) · 2^level). */
export type TreeNode = { readonly level: number; readonly index: number }

/** Leaves [start, end) that are one subtree of a tree, perfect or at its right edge. */
export type Range = { readonly start: number; readonly end: number }

/** The largest power of two below `size`, which is at least two: where a tree divides (RFC 6962, 2.1). */
function split(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** The subtrees whose hashes prove leaf `index` in a tree of `size`, bottom up (RFC 6962, 2.1.1). */
export function inclusionShape(index: number, size: number): readonly Range[] {
  const siblings: Range[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      siblings.push({ start: middle, end })
      end = middle
    } else {
      siblings.push({ start, end: middle })
      start = middle
    }
  }
  return siblings.reverse()
}

/** The subtrees whose hashes prove that a tree of `from` is the beginning of one of `to` (RFC 6962, 2.1.2). */
export function consistencyShape(from: number, to: number): readonly Range[] {
  const shape: Range[] = []
  let start = 0
  let end = to
  while (end > from) {
    const middle = start + split(end - start)
    if (from <= middle) {
      shape.push({ start: middle, end })
      end = middle
    } else {
      shape.push({ start, end: middle })
      start = middle
    }
  }
  return start === 0 ? shape.reverse() : [{ start, end }, ...shape.reverse()]
}

/** The perfect subtrees that a subtree is made of, largest first. */
export function perfectNodes({ start, end }: Range): readonly TreeNode[] {
  const nodes: TreeNode[] = []
  for (let at = start; at < end; ) {
    let level = 0
    let width = 1
    while (at + width * 2 <= end) {
      width *= 2
      level += 1
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}
