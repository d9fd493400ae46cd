import { unescaped } from './mount-table.ts'

/** Space that memory is swapped to, by /proc/swaps (proc(5)). */
export type Swap = { readonly path: string; readonly kind: 'partition' | 'file' }

/** Compressed memory (zram) is left out: it is memory itself, and nothing is written to a disk. */
export function parseSwaps(text: string): Swap[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line): Swap[] => {
      const [path, kind] = line.trim().split(/\s+/)
      if (path === undefined || (kind !== 'partition' && kind !== 'file')) return []
      const plain = unescaped(path).replace(/ ?\(deleted\)$/, '')
      return /^\/dev\/zram\d+$/.test(plain) ? [] : [{ path: plain, kind }]
    })
}
