import type { Clock } from '@hevd/core'
import type { Database } from '@hevd/postgres'
import {
  addCheckpointBody,
  consistencyPath,
  formatNote,
  parseNote,
  parseSignatureLine,
  parseVerifierKey,
  signatureLine,
  tileHashReader,
  verifyNote,
} from '@hevd/tlog'
import type { WitnessConfig } from './config.ts'
import type { Kept, Log } from './log.ts'
import { insertCosignature, lastCosignatures } from './store.ts'
import { tileSource } from './tiles.ts'

/** What asking a witness needs. */
export type Asking = { readonly db: Database; readonly clock: Clock; readonly timeout: number }

/** Size that a witness said it saw last, when it was not the one we thought (C2SP tlog-witness, 409). */
type Answer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  | { readonly kind: 'another-size'; readonly size: number }

/**
 * Shows the served checkpoint to one witness, verifies what it signs and stores it. Does nothing when that is done
 * already. Throws what keeps it from it: the witness is down, refuses, or signs wrongly.
 */
export async function askWitness(log: Log, witness: WitnessConfig, asking: Asking): Promise<void> {
  const { kept } = log
  if (kept === null) return
  const { db, clock, timeout } = asking
  const seen = await db.transaction(log.organisation, (tx) =>
    lastCosignatures(tx, log.organisation, log.name),
  )
  const last = seen.find((row) => row.witness === witness.name)?.size ?? 0
  if (last >= kept.size) return
  const first = await submit(log, kept, witness, last, asking)
  const answer =
    first.kind === 'another-size' && first.size <= kept.size
      ? await submit(log, kept, witness, first.size, { db, clock, timeout })
      : first
  if (answer.kind === 'another-size')
    throw new Error(`It has seen ${answer.size} entries of ${log.origin}, which has signed ${kept.size}`)
  const line = await verifiedLine(kept.note, answer.lines, witness)
  await db.transaction(log.organisation, (tx) =>
    insertCosignature(tx, log.organisation, log.name, {
      size: kept.size,
      witness: witness.name,
      line,
      received_at: clock.now(),
    }),
  )
}

async function submit(
  log: Log,
  kept: Kept,
  witness: WitnessConfig,
  oldSize: number,
  { db, timeout }: Asking,
): Promise<Answer> {
  const path =
    oldSize === 0 || oldSize === kept.size
      ? []
      : await db.transaction(log.organisation, (tx) =>
          consistencyPath(
            oldSize,
            kept.size,
            tileHashReader(kept.size, tileSource(tx, log.organisation, log.name)),
          ),
        )
  const response = await fetch(`${witness.url.replace(/\/$/, '')}/add-checkpoint`, {
    method: 'POST',
    body: addCheckpointBody({ oldSize, path, note: kept.note }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  })
  const body = (await response.text()).slice(0, 10_000)
  if (response.status === 200) return { kind: 'cosigned', lines: body }
  const size = /^(0|[1-9][0-9]*)\n$/.exec(body)?.[1]
  if (response.status === 409 && size !== undefined && Number(size) !== oldSize)
    return { kind: 'another-size', size: Number(size) }
  throw new Error(`It answered ${response.status}: ${body.trim().slice(0, 200)}`)
}

/** The witness's own line, if it is a cosignature of this checkpoint by the key that is configured. */
async function verifiedLine(note: string, lines: string, witness: WitnessConfig): Promise<string> {
  const key = await parseVerifierKey(witness.verifierKey)
  const { text } = parseNote(note)
  const signatures = lines
    .split('\n')
    .filter((line) => line !== '')
    .map(parseSignatureLine)
  const { signers } = await verifyNote(formatNote({ text, signatures }), [key])
  const signer = signers[0]
  if (signer === undefined) throw new Error('It did not sign with its configured key')
  return signatureLine(signer.signature)
}
