import type { ClosedPlace, OpenPlace } from '../place.ts'
import { lookAtFile } from './file.ts'
import { filesBelow } from './walk.ts'

/** A folder of logs with its rotated and compressed files, or one file. */
export async function* openLogs(path: string): AsyncGenerator<OpenPlace | ClosedPlace> {
  const { files, gaps } = await filesBelow(path)
  const about = { kind: 'logs' as const, name: path, local: path, unit: 'bytes' as const }
  const [gap] = gaps
  if (files.length === 0 && gap !== undefined) yield { ...about, why: gap.why }
  else yield { ...about, objects: files, gaps, look: lookAtFile }
}
