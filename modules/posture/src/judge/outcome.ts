import { canonicalJson, type Instant, type Occurrence } from '@hevd/core'
import type { Ledger } from '@hevd/ledger'
import type { Tx } from '@hevd/postgres'
import type { FeedSet } from '../domain/feed-set.ts'
import type { Inputs } from '../domain/inputs.ts'
import { findingLeafHash, rootOf } from '../domain/leaf.ts'
import { internFeedSets } from '../store/feed-sets.ts'
import { deleteFindings, writeFindings, writeInputs, writePast } from '../store/findings.ts'
import {
  type Dependency,
  deleteJudgements,
  type JudgementWrite,
  type Stored,
  writeDependencies,
  writeJudgements,
  writeSubjects,
} from '../store/judgements.ts'
import { type OccurrenceRow, withdrawOccurrences, writeOccurrences } from '../store/occurrences.ts'
import type { FindingRow, PastRow } from '../store/rows.ts'
import { TallyChange } from '../store/tally.ts'
import type { Which } from '../store/wake.ts'
import type { Saying } from './say.ts'

type Leaf = Which & { readonly hash: Uint8Array }

/** What one batch has to write, collected while it judges and written in a few statements. */
export class Outcome {
  readonly organisation: string
  readonly batch: string
  readonly at: Instant
  readonly #judgements: JudgementWrite[] = []
  readonly #forgotten: Which[] = []
  readonly #added: Dependency[] = []
  readonly #dropped: Dependency[] = []
  readonly #sets = new Map<string, FeedSet>()
  readonly #findings: FindingRow[] = []
  readonly #ended: Which[] = []
  readonly #past: PastRow[] = []
  readonly #inputs: Inputs[] = []
  readonly #names: { readonly kind: string; readonly id: string; readonly name: string }[] = []
  readonly #occurrences: OccurrenceRow[] = []
  readonly #withdrawn: OccurrenceRow[] = []
  readonly #tally = new TallyChange()
  readonly #leaves: Leaf[] = []

  constructor(organisation: string, batch: string, at: Instant) {
    this.organisation = organisation
    this.batch = batch
    this.at = at
  }

  /** Look-ups that are stored now and read in another transaction; its next moment stays in the past until then. */
  stored(which: Which, before: Stored | undefined, next: { lookups: string[]; rests: FeedSet }): void {
    this.#judgement(which, before, next.lookups, next.rests, null, null)
  }

  judged(
    which: Which,
    before: Stored | undefined,
    lookups: readonly string[],
    rests: FeedSet,
    again: Instant | null,
  ): void {
    this.#judgement(which, before, [...new Set(lookups)], rests, again, this.at)
  }

  #judgement(
    which: Which,
    before: Stored | undefined,
    lookups: readonly string[],
    rests: FeedSet,
    due_at: Instant | null,
    judged_at: Instant | null,
  ): void {
    const { test, subject } = which
    this.#sets.set(rests.id, rests)
    this.#judgements.push({ test, subject, lookups, rests: rests.id, due_at, judged_at })
    const old = new Set(before?.lookups)
    const now = new Set(lookups)
    for (const key of lookups) if (!old.has(key)) this.#added.push({ key, test, subject })
    for (const key of old) if (!now.has(key)) this.#dropped.push({ key, test, subject })
  }

  /** A candidate that is gone. */
  forgotten({ test, subject, lookups }: Stored): void {
    this.#forgotten.push({ test, subject })
    for (const key of lookups) this.#dropped.push({ key, test, subject })
  }

  said(before: FindingRow | null, { row, past, changed }: Saying, inputs: Inputs): void {
    this.#findings.push(row)
    this.#past.push(...past)
    if (before === null || !before.inputs.equals(row.inputs)) this.#inputs.push(inputs)
    if (before?.verdict !== row.verdict) {
      if (before !== null) this.#tally.add(row.test, before.verdict, -1)
      this.#tally.add(row.test, row.verdict, 1)
    }
    if (!changed) return
    if (before?.verdict === row.verdict) this.#tally.add(row.test, row.verdict, 0)
    this.#leaf(row, row.verdict)
  }

  ended(before: FindingRow, past: readonly PastRow[]): void {
    this.#ended.push({ test: before.test, subject: before.subject })
    this.#past.push(...past)
    this.#tally.add(before.test, before.verdict, -1)
    const last = past.at(-1)
    this.#leaf({ ...before, since: this.at }, last?.ended ?? 'gone')
  }

  named(subject: { readonly kind: string; readonly id: string; readonly name: string }): void {
    this.#names.push(subject)
  }

  occurred(which: Which, before: Occurrence | undefined, after: Occurrence): void {
    if (before !== undefined && sameOccurrence(before, after)) return
    this.#occurrences.push({ test: which.test, subject: which.subject, ...after })
  }

  /** An occurrence that was open and is due no more. */
  withdrawn(which: Which, occurrence: Occurrence): void {
    this.#withdrawn.push({ test: which.test, subject: which.subject, ...occurrence })
  }

  #leaf(row: FindingRow, verdict: string): void {
    const { test, subject } = row
    this.#leaves.push({ test, subject, hash: findingLeafHash({ ...row, verdict }) })
  }

  /** Writes it all; the tally last, since others wait for its rows. */
  async write(tx: Tx, ledger: Ledger): Promise<void> {
    const { organisation } = this
    const names = this.#names.map((one) => ({ ...one, search: `${one.name} ${one.id}`.toLowerCase() }))
    await internFeedSets(tx, organisation, [...this.#sets.values()])
    await writeDependencies(tx, organisation, this.#added, this.#dropped)
    await writeJudgements(tx, organisation, this.#judgements)
    await deleteJudgements(tx, organisation, this.#forgotten)
    await writeSubjects(tx, organisation, names)
    await writeInputs(tx, organisation, this.#inputs)
    await writePast(tx, organisation, this.#past)
    await writeFindings(tx, organisation, this.#findings)
    await deleteFindings(tx, organisation, this.#ended)
    await withdrawOccurrences(tx, organisation, this.#withdrawn)
    await writeOccurrences(tx, organisation, this.#occurrences)
    if (this.#leaves.length > 0 || this.#occurrences.length > 0)
      await ledger.append(tx, organisation, 'internal', [{ kind: 'judged', body: this.#entry() }])
    await this.#tally.write(tx, organisation)
  }

  #entry() {
    const leaves = this.#leaves.toSorted((a, b) => order(a.test, b.test) || order(a.subject, b.subject))
    return {
      batch: this.batch,
      root: rootOf(Buffer.concat(leaves.map(({ hash }) => hash))),
      changed: leaves.length,
      occurrences: this.#occurrences.length,
    }
  }
}

function order(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function sameOccurrence(a: Occurrence, b: Occurrence): boolean {
  const of = ({ dueAt, state, dischargedAt, recordedAt }: Occurrence) =>
    canonicalJson([dueAt, state, dischargedAt, recordedAt])
  return of(a) === of(b)
}
