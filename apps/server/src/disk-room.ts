import { statfsSync } from 'node:fs'

/** Whether there is room to store anything. */
export type DiskRoom = {
  enough(): boolean
  /** Bytes that may still be written by us. */
  free(): number
}

/**
 * Bytes that must be free for anything to be stored: eight WAL segments. A PostgreSQL that finds no room for its next
 * segment ends, and then nothing can be read either; so writing stops before that.
 */
export const leastFree = 128 * 2 ** 20

/** The room where `folder` lies, as it is when asked. `changed` is told when it runs out, and when it is back. */
export function diskRoom(folder: string, changed: (enough: boolean) => void): DiskRoom {
  let was = true
  const free = () => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  }
  return {
    free,
    enough() {
      const is = free() >= leastFree
      if (is !== was) changed(is)
      was = is
      return is
    },
  }
}
