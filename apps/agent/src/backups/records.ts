import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { type BackupRecord, backupRecord, type Target, type TargetFile } from '@hevd/archive'

/** A backup by its own record, and the SHA-256 of that record as it lies there, hex. */
type Marker = { readonly record: BackupRecord; readonly digest: string }
/** With a sign of its files: their paths, sizes and times. It is another when one was written anew, or is gone. */
export type Recorded = Marker & { readonly files: string }

/** Records that were read, so that a look at a large repository asks for those alone that are new or written anew. */
export type RecordCache = Map<
  string,
  Marker & Pick<TargetFile, 'bytes' | 'modifiedAt'> & { readonly readAt: number }
>

/** How long a record is believed that seems untouched: a day. Whoever can write there can set its time. */
const believedFor = 86_400_000

/** The backups of a source, oldest first, and the paths of records that cannot be read. */
export async function recordsOf(
  target: Target,
  source: string,
  cache: RecordCache,
  now: number,
  signal: AbortSignal,
): Promise<{ readonly records: readonly Recorded[]; readonly damaged: readonly string[] }> {
  const byBackup = new Map<string, TargetFile[]>()
  for await (const file of target.list(`${source}/backups`, signal)) {
    const id = file.path.split('/')[2] ?? ''
    byBackup.set(id, [...(byBackup.get(id) ?? []), file])
  }
  const records: Recorded[] = []
  const damaged: string[] = []
  for (const files of byBackup.values()) {
    const marker = files.find(({ path }) => /^[^/]+\/backups\/[^/]+\/backup\.json$/.test(path))
    if (marker === undefined) continue
    const { path, bytes, modifiedAt } = marker
    const key = `${target.name} ${path}`
    const known = cache.get(key)
    const isSame = known?.bytes === bytes && known.modifiedAt === modifiedAt
    const found =
      known !== undefined && isSame && now - known.readAt < believedFor
        ? known
        : await recordAt(target, path, signal)
    if (found === null) damaged.push(path)
    else {
      const { record, digest } = found
      records.push({ record, digest, files: signOf(files) })
      if (found !== known) cache.set(key, { record, digest, bytes, modifiedAt, readAt: now })
    }
  }
  return { records: records.toSorted((a, b) => a.record.startedAt - b.record.startedAt), damaged }
}

/** The record at a path; null where it is none. Throws ArchiveError where it cannot be asked for. */
export async function recordAt(target: Target, path: string, signal: AbortSignal): Promise<Marker | null> {
  const content = await buffer(await target.get(path, signal))
  const parsed = backupRecord.safeParse(jsonOf(content.toString('utf8')))
  const [source, , id] = path.split('/')
  return parsed.success && parsed.data.source === source && parsed.data.id === id
    ? { record: parsed.data, digest: createHash('sha256').update(content).digest('hex') }
    : null
}

function signOf(files: readonly TargetFile[]): string {
  const lines = files.map(({ path, bytes, modifiedAt }) => `${path} ${bytes} ${modifiedAt}`)
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('base64url')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
