import { type Tx, uuidv7 } from '@hevd/postgres'
import { type Act, type BackupsContext, changing, record, register, today } from './context.ts'
import type { AskingReader, Reader, Recipient, RecipientList } from './contract.ts'
import { readerFault, readerState } from './domain/reader-rules.ts'
import { BackupsError } from './errors.ts'
import { holderFacts } from './facts.ts'
import { holdersNamed } from './named.ts'
import {
  allHolders,
  decideHolder,
  endHolder,
  type HolderRow,
  holderById,
  insertHolder,
} from './store/holders.ts'
import { recipientsSeen, servicesKnown } from './store/seen.ts'

/** Asks that somebody may have the identity of a recipient. Throws `not-valid-reader`, `no-such-holder`. */
export async function askReader(
  context: BackupsContext,
  { organisation, by }: Act,
  asked: AskingReader,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    const fault = readerFault(asked, await today(context, tx, organisation))
    if (fault !== null) throw new BackupsError('not-valid-reader', fault)
    const named = await holdersNamed(context, tx, organisation, [asked.holder])
    if (named.size === 0) throw new BackupsError('no-such-holder')
    const now = context.clock.now()
    const id = uuidv7(now)
    await insertHolder(tx, organisation, { ...asked, id, askedBy: by, askedAt: now })
    const { recipient, from, until } = asked
    // Who it is for is a person's: the log has the reader's own id.
    await record(context, tx, organisation, 'backup-reader-asked', { reader: id, recipient, from, until, by })
  })
}

/**
 * Approves or refuses what was asked for. Throws `no-such-reader`, `reader-decided`, and `own-approval` for whoever asked for it
 * and approves, unless that one alone is administrator.
 */
export async function decideReader(
  context: BackupsContext,
  { organisation, by }: Act,
  id: string,
  decision: 'approved' | 'refused',
): Promise<void> {
  const administrators = await context.administrators(organisation)
  await changing(context, organisation, async (tx) => {
    const row = await readerById(tx, organisation, id)
    if (row.decision !== null) throw new BackupsError('reader-decided')
    const own = decision === 'approved' && row.askedBy === by
    const isAlone = administrators.length === 1 && administrators[0] === by
    if (own && !isAlone) throw new BackupsError('own-approval')
    const now = context.clock.now()
    await decideHolder(tx, organisation, id, { decision, by, singleApprover: own, now })
    const decided = { ...row, decision, decidedBy: by, singleApprover: own }
    await context.feeds.put(tx, organisation, register.name, holderFacts(decided))
    await record(context, tx, organisation, `backup-reader-${decision}`, {
      reader: id,
      by,
      singleApprover: own,
    })
  })
}

/** Ends a reader at once. Throws `no-such-reader`, `reader-not-decided`; one that is over is left as it is. */
export async function endReader(
  context: BackupsContext,
  { organisation, by }: Act,
  id: string,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    const row = await readerById(tx, organisation, id)
    if (row.decision === null) throw new BackupsError('reader-not-decided')
    if (row.decision === 'refused' || row.endedAt !== null) return
    const now = context.clock.now()
    await endHolder(tx, organisation, id, by, now)
    await context.feeds.put(tx, organisation, register.name, holderFacts({ ...row, endedAt: now }))
    await record(context, tx, organisation, 'backup-reader-ended', { reader: id, by })
  })
}

async function readerById(tx: Tx, organisation: string, id: string): Promise<HolderRow> {
  const row = await holderById(tx, organisation, id)
  if (row === undefined) throw new BackupsError('no-such-reader')
  return row
}

export async function listRecipients(context: BackupsContext, organisation: string): Promise<RecipientList> {
  return context.db.transaction(organisation, async (tx) => ({
    recipients: [...(await recipientsOf(context, tx, organisation))],
    services: [...(await servicesKnown(tx, organisation))],
  }))
}

/** Every recipient, seen or told of; those in use that nobody is told of first, then those in use. */
export async function recipientsOf(
  context: BackupsContext,
  tx: Tx,
  organisation: string,
): Promise<readonly Recipient[]> {
  const seen = Map.groupBy(await recipientsSeen(tx, organisation), ({ recipient }) => recipient)
  const readers = await readersOf(context, tx, organisation)
  const told = Map.groupBy(readers, ({ recipient }) => recipient)
  const all = [...new Set([...seen.keys(), ...told.keys()])].map(
    (recipient): Recipient => ({
      recipient,
      sources: (seen.get(recipient) ?? []).map(({ plan, inPlan, backups }) => ({
        id: plan,
        name: plan.slice(plan.indexOf('/') + 1),
        inPlan,
        backups,
      })),
      readers: [...(told.get(recipient) ?? [])],
    }),
  )
  const rank = (one: Recipient) => (one.sources.length === 0 ? 2 : isDeclared(one) ? 1 : 0)
  return all.toSorted((a, b) => rank(a) - rank(b) || a.recipient.localeCompare(b.recipient))
}

/** Whether somebody is told to have its identity now. */
export const isDeclared = ({ readers }: Recipient): boolean =>
  readers.some(({ state }) => state === 'in-force')

async function readersOf(context: BackupsContext, tx: Tx, organisation: string): Promise<readonly Reader[]> {
  const rows = await allHolders(tx, organisation)
  const day = await today(context, tx, organisation)
  const named = await holdersNamed(
    context,
    tx,
    organisation,
    rows.map(({ holderKind: kind, holder: id }) => ({ kind, id })),
  )
  const accounts = rows.flatMap(({ askedBy, decidedBy }) => [
    askedBy,
    ...(decidedBy === null ? [] : [decidedBy]),
  ])
  const names = await context.names(organisation, [...new Set(accounts)])
  const account = (id: string) => ({ id, name: names.get(id) ?? id })
  return rows.map((row) => ({
    id: row.id,
    recipient: row.recipient,
    holder: {
      kind: row.holderKind,
      id: row.holder,
      name: named.get(`${row.holderKind}/${row.holder}`) ?? row.holder,
    },
    purpose: row.purpose,
    keptAt: row.keptAt,
    from: row.from,
    until: row.until,
    state: readerState(row, day),
    askedBy: account(row.askedBy),
    decidedBy: row.decidedBy === null ? null : account(row.decidedBy),
    singleApprover: row.singleApprover,
  }))
}
