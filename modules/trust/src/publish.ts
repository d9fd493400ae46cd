import { type Instant, milliseconds } from '@hevd/core'
import type { Entry, LogView } from '@hevd/ledger'
import type { Tx } from '@hevd/postgres'
import type { ControlState } from '@hevd/posture'
import type { PostureLeaf } from './contract.ts'
import type { Context } from './deps.ts'
import { type MadeLeaf, makeLeaf, saysOtherwise } from './domain/posture-leaf.ts'
import { publicityAt } from './domain/publicity.ts'
import {
  decisions,
  insertLeaf,
  keepText,
  newestLeaves,
  type StoredLeaf,
  setInternal,
  takeTurn,
} from './store.ts'
import { type PolicyWords, policyDigest } from './verify/policy-digest.ts'

type Due = {
  readonly last: PostureLeaf | undefined
  readonly made: MadeLeaf
  readonly words: PolicyWords
  readonly stands: ControlState
}

/**
 * Puts a leaf into the public log for every control whose public state changed or whose leaf is an hour old, and the
 * internal log's newest checkpoint beside them. Servers take turns; who comes second finds nothing left to say. A
 * control's next leaf waits until a checkpoint covers its last one, so that one of its newest two always is covered.
 * Resolves with the number of posture leaves.
 */
export async function publish(context: Context, organisation: string): Promise<number> {
  const { db, ledger, clock } = context
  const internal = await ledger.state(organisation, 'internal')
  const published = await db.transaction(organisation, async (tx) => {
    const turn = await takeTurn(tx, organisation)
    const now = Math.floor(clock.now())
    const due = await dueLeaves(tx, context, organisation, now)
    const checkpoint = internalDue(context, internal, turn, due.length > 0, now)
    if (due.length === 0 && checkpoint === null) return 0
    const ids = await ledger.append(tx, organisation, 'public', [
      ...due.map(({ made }) => entryOf(made.leaf)),
      ...(checkpoint === null ? [] : [checkpoint]),
    ])
    for (const [at, one] of due.entries()) await keep(tx, organisation, one, ids[at] ?? '')
    if (checkpoint !== null) await setInternal(tx, organisation, internal.size, now)
    return due.length
  })
  if (published > 0) await ledger.settle(organisation)
  return published
}

async function dueLeaves(tx: Tx, context: Context, organisation: string, now: Instant): Promise<Due[]> {
  const { posture, config, random } = context
  const decided = await decisions(tx, organisation)
  const newest = await newestLeaves(tx, organisation, 1)
  const last = new Map(newest.map((row) => [row.control, row]))
  const due: Due[] = []
  for (const stands of await posture.controls(organisation)) {
    const words = wordsOf(stands)
    const before = last.get(stands.control)?.leaf
    const made = await makeLeaf(
      organisation,
      { ...stands, policyDigest: await policyDigest(words) },
      publicityAt(stands.control, decided.get(stands.control), now).shows,
      { sequence: (before?.sequence ?? 0) + 1, at: now, validUntil: now + milliseconds(config.validFor) },
      random(32),
    )
    const old = before === undefined || now - before.at >= milliseconds(config.every)
    if (old || saysOtherwise(before, made.leaf)) due.push({ last: before, made, words, stands })
  }
  return covered(context, organisation, due, last)
}

/** Those whose last leaf is covered by a checkpoint. */
async function covered(
  { ledger }: Context,
  organisation: string,
  due: readonly Due[],
  last: ReadonlyMap<string, StoredLeaf>,
): Promise<Due[]> {
  const entries = due.flatMap(({ made }) => last.get(made.leaf.control)?.entry ?? [])
  const proofs = await ledger.proofsOf(organisation, 'public', entries)
  return due.filter(({ made }) => {
    const entry = last.get(made.leaf.control)?.entry
    return entry === undefined || proofs.has(entry)
  })
}

/** The internal log's checkpoint, when it moved and something is said anyway, or when an hour has gone by. */
function internalDue(
  { config }: Context,
  { size, checkpoint, origin }: LogView,
  turn: { readonly internalSize: number | null; readonly internalAt: Instant | null },
  saying: boolean,
  now: Instant,
): Entry | null {
  if (checkpoint === null) return null
  const old = turn.internalAt === null || now - turn.internalAt >= milliseconds(config.every)
  if (!old && !(saying && size !== turn.internalSize)) return null
  return { kind: 'internal-checkpoint', body: { at: now, origin, checkpoint } }
}

function entryOf({ kind, reasonDigest, ...body }: PostureLeaf): Entry {
  return { kind, body: reasonDigest === undefined ? body : { ...body, reasonDigest } }
}

async function keep(
  tx: Tx,
  organisation: string,
  { last, made, words, stands }: Due,
  entry: string,
): Promise<void> {
  const { leaf, hidden } = made
  if (leaf.reasonDigest !== undefined && stands.notApplicable !== null)
    await keepText(tx, organisation, leaf.reasonDigest, stands.notApplicable)
  await keepText(tx, organisation, leaf.policyDigest, words)
  await insertLeaf(tx, {
    organisation,
    control: leaf.control,
    sequence: leaf.sequence,
    entry,
    leaf,
    withheld: hidden === null ? null : JSON.parse(JSON.stringify(hidden.withheld)),
    salt: hidden === null ? null : Buffer.from(hidden.salt),
    begins: leaf.state !== null && (leaf.state !== last?.state || leaf.since !== last.since),
  })
}

function wordsOf({ control: id, words, parameters }: ControlState): PolicyWords {
  return { id, ...words, parameters: { ...parameters } }
}
