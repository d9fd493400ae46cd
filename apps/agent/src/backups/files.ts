import { type CheckedFile, checkFiles, type FileState, type Repository } from '@hevd/archive'
import type { backups, ValueOf } from '@hevd/facts'
import type { BackupsMemory, RememberedBackup } from './memory.ts'
import type { Recorded } from './records.ts'

type Fault = ValueOf<typeof backups>['faults'][number]

/** How much one look may ask of the repositories. What is left is looked at next time. */
export type Budget = {
  /** Bytes of files that are read whole. */
  bytes: number
  /** Backups whose files are opened for their headers. */
  backups: number
  /** Aborted when the time for reading files whole is over. */
  readonly reading: AbortSignal
}

/** How old a look at headers, and at every byte, may become before the backup gets its turn again: a day, and 30. */
const headersFor = 86_400_000
const readFor = 30 * 86_400_000

const faultOf: { readonly [State in Exclude<FileState, 'sound'>]: Fault['fault'] } = {
  missing: 'missing',
  'not-encrypted': 'plain',
  'recipients-differ': 'recipients',
  'size-differs': 'size',
  'digest-differs': 'digest',
}

export const nameOf = ({ record: { source, id } }: Recorded): string => `${source}/${id}`

/** Looks at headers and bytes of as many backups as the budget lets it, and writes down what it found in the memory. */
export async function lookAtFiles(
  repository: Repository,
  records: readonly Recorded[],
  memory: BackupsMemory,
  budget: Budget,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  await lookAtHeaders(repository, records, memory, budget, now, signal)
  await readWhole(repository, records, memory, budget, now, signal)
}

/** Those longest not looked at first, and of those never looked at the newest. */
async function lookAtHeaders(
  repository: Repository,
  records: readonly Recorded[],
  memory: BackupsMemory,
  budget: Budget,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  for (const one of inTurn(records, memory, 'headersAt')) {
    const before = knownOf(one, memory)
    if (budget.backups <= 0) return
    if (!isOld(before?.headersAt, headersFor, now)) continue
    budget.backups -= 1
    const files = await checkFiles(repository, one.record, { read: () => false, signal })
    const { digest, files: sign } = one
    const { readAt = null, triedAt = null, faults = [] } = before ?? {}
    const found = faultsOf(files, faults)
    memory.backups.set(nameOf(one), { digest, files: sign, headersAt: now, readAt, triedAt, faults: found })
  }
}

/** Those longest not tried first. One that is larger than what is left of the budget is not read; one that takes too long waits a day. */
async function readWhole(
  repository: Repository,
  records: readonly Recorded[],
  memory: BackupsMemory,
  budget: Budget,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  for (const one of inTurn(records, memory, 'triedAt')) {
    const before = knownOf(one, memory)
    const size = bytesOf(one)
    if (before === undefined || size > budget.bytes) continue
    if (!isOld(before.readAt, readFor, now) || !isOld(before.triedAt, headersFor, now)) continue
    if (budget.reading.aborted) return
    budget.bytes -= size
    memory.backups.set(nameOf(one), { ...before, triedAt: now })
    try {
      const files = await checkFiles(repository, one.record, {
        signal: AbortSignal.any([signal, budget.reading]),
      })
      memory.backups.set(nameOf(one), {
        ...before,
        triedAt: now,
        readAt: now,
        faults: faultsOf(files, before.faults),
      })
    } catch (error) {
      if (!budget.reading.aborted || signal.aborted) throw error
      return
    }
  }
}

function inTurn(
  records: readonly Recorded[],
  memory: BackupsMemory,
  by: 'headersAt' | 'triedAt',
): readonly Recorded[] {
  const at = (one: Recorded) => knownOf(one, memory)?.[by] ?? 0
  return records.toReversed().toSorted((a, b) => at(a) - at(b))
}

/** What is remembered of a backup as its record and its files are now. */
export function knownOf(one: Recorded, memory: BackupsMemory): RememberedBackup | undefined {
  const known = memory.backups.get(nameOf(one))
  return known?.digest === one.digest && known.files === one.files ? known : undefined
}

export const bytesOf = ({ record }: Recorded): number =>
  record.files.reduce((sum, { bytes }) => sum + bytes, 0)

function isOld(at: number | null | undefined, than: number, now: number): boolean {
  return at === null || at === undefined || now - at >= than
}

/** Changed content stays a fault until the file is read again: its header alone tells nothing of that. */
function faultsOf(files: readonly CheckedFile[], before: readonly Fault[]): readonly Fault[] {
  return files.flatMap(({ name, state, read }): readonly Fault[] => {
    if (state !== 'sound') return [{ file: name, fault: faultOf[state] }]
    return read === 'all' ? [] : before.filter(({ file, fault }) => file === name && fault === 'digest')
  })
}
