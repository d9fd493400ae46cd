import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ScanGap, whyOf } from '../place.ts'

/** More files than these are not listed: it is no folder of logs. */
const mostFiles = 100_000

/** Files below a folder, or the file itself, in order; links are not followed. What may not be read is a gap. */
export async function filesBelow(
  path: string,
): Promise<{ readonly files: string[]; readonly gaps: ScanGap[] }> {
  const files: string[] = []
  const gaps: ScanGap[] = []
  const visit = async (at: string): Promise<void> => {
    try {
      const status = await lstat(at)
      if (status.isFile()) {
        if (files.length < mostFiles) files.push(at)
        else if (files.length === mostFiles) gaps.push({ what: path, why: `many-files ${mostFiles}` })
      } else if (status.isDirectory())
        for await (const { name } of await opendir(at)) await visit(join(at, name))
    } catch (error) {
      gaps.push({ what: at, why: whyOf(error) })
    }
  }
  await visit(path)
  return { files: files.sort(), gaps }
}
