import { ArchiveError } from '../errors.ts'
import { walFolder } from '../repository/layout.ts'
import type { Repository } from '../repository/repository.ts'
import { segmentName } from '../repository/wal.ts'

export const timelineName = (timeline: number): string => timeline.toString(16).toUpperCase().padStart(8, '0')

/** Where a segment lies in a repository. */
export const segmentPath = (source: string, name: string): string =>
  `${walFolder(source)}/${name.slice(0, 8)}/${name}.zst.age`

export const historyPath = (source: string, timeline: number): string =>
  `${walFolder(source)}/${timelineName(timeline)}.history.zst.age`

export async function isThere({ target }: Repository, path: string): Promise<boolean> {
  try {
    const content = await target.get(path)
    content.on('error', () => {})
    content.destroy()
    return true
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'file-missing') return false
    throw error
  }
}

/** The segments that hold the bytes from one position to before another. */
export function segmentsBetween(
  timeline: number,
  from: number,
  to: number,
  segmentBytes: number,
): readonly string[] {
  const [first, last] = [Math.floor(from / segmentBytes), Math.floor((to - 1) / segmentBytes)]
  return Array.from({ length: last - first + 1 }, (_, index) =>
    segmentName(timeline, first + index, segmentBytes),
  )
}
