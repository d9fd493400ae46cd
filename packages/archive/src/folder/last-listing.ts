import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compress, decompress } from '../zstd.ts'
import type { ListingLine } from './entry.ts'
import { fromLines, toLines } from './listing.ts'

/**
 * What a host keeps of the last backup of a folder: its listing, since it cannot read the one in the repository. Names and
 * digests of content are in it, so it is 0600.
 */
export type LastListing = {
  /** Id of the backup; null where there is no listing, only a damaged one, or one of another folder. */
  id(folder: string): Promise<string | null>
  lines(): AsyncGenerator<ListingLine>
  /** Writes the next one beside it. */
  write(lines: AsyncIterable<ListingLine>): Promise<NextListing>
}

export type NextListing = {
  lines(): AsyncGenerator<ListingLine>
  /** Takes the place of the last one. */
  keep(): Promise<void>
  remove(): Promise<void>
}

/** @param folder of the host's own state; it is made */
export function lastListing(folder: string, source: string): LastListing {
  const path = join(folder, `${source}.listing.zst`)
  const next = `${path}.next`
  return {
    async id(listed) {
      let id: string | null = null
      try {
        for await (const line of read(path))
          if (line.kind === 'listing' && line.folder === listed) id = line.id
        return id
      } catch {
        return null
      }
    },
    lines: () => read(path),
    async write(lines) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = await open(next, 'w', 0o600)
      try {
        for await (const chunk of compress(toLines(lines))) await file.appendFile(chunk)
        await file.sync()
      } finally {
        await file.close()
      }
      return {
        lines: () => read(next),
        keep: () => rename(next, path),
        remove: () => rm(next, { force: true }),
      }
    },
  }
}

const read = (path: string) => fromLines(decompress(createReadStream(path)), path)
