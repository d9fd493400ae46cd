import { type Duration, type Instant, plus, type Unseen } from '@hevd/core'
import { backupPlans, backups, type ValueOf } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { type Act, type BackupsContext, changing, record, register } from './context.ts'
import type { Backup, Drill, Recipient, Source, SourceDetail } from './contract.ts'
import { BackupsError } from './errors.ts'
import { backupFact, sourceFact } from './facts.ts'
import { hostsNamed } from './named.ts'
import { isDeclared, recipientsOf } from './readers.ts'
import { acceptChanges, backupsOf } from './store/backups.ts'
import { type DrillRow, drillsOf, lastDrills } from './store/drills.ts'
import { type Lying, logsSeen, lyingSeen, plansSeen, runsSeen } from './store/seen.ts'
import { allSources, endSource, type SourceRow, sourceById } from './store/sources.ts'

/** Everything that is backed up, or was. */
export function listSources(context: BackupsContext, organisation: string): Promise<Source[]> {
  return context.db.transaction(organisation, async (tx) => {
    const rows = await allSources(tx, organisation)
    return shown(context, tx, organisation, rows, await recipientsOf(context, tx, organisation))
  })
}

/** One of them, with its backups, drills and who can read it. Throws `no-such-source`. */
export function oneSource(context: BackupsContext, organisation: string, id: string): Promise<SourceDetail> {
  return context.db.transaction(organisation, async (tx) => {
    const row = await knownSource(tx, organisation, id)
    const every = await recipientsOf(context, tx, organisation)
    const [source] = await shown(context, tx, organisation, [row], every)
    if (source === undefined) throw new BackupsError('no-such-source')
    const known = new Map((await backupsOf(tx, organisation, id)).map((one) => [one.id, one.digest]))
    const [reading] = await context.feeds.read(tx, organisation, [backups.ofPlan(id)])
    return {
      source,
      backups: (reading?.facts ?? [])
        .map(({ value }) => backups.parse(value))
        .toSorted((a, b) => b.startedAt - a.startedAt)
        .map((one) => shownBackup(one, known.get(one.id))),
      drills: (await drillsOf(tx, organisation, id)).map(shownDrill),
      recipients: every.filter(({ sources }) => sources.some((one) => one.id === id)),
    }
  })
}

/** Ends a source that is not to be backed up any more; what is remembered of it stays. Throws `no-such-source`, `source-planned`. */
export async function endSourceBy(
  context: BackupsContext,
  { organisation, by }: Act,
  id: string,
  why: string,
): Promise<void> {
  await changing(context, organisation, async (tx) => {
    const row = await knownSource(tx, organisation, id)
    if (row.endedAt !== null) return
    const [plan] = await context.feeds.read(tx, organisation, [backupPlans.ofPlan(id)])
    if ((plan?.facts.length ?? 0) > 0) throw new BackupsError('source-planned')
    const now = context.clock.now()
    await endSource(tx, organisation, id, { by, why, now })
    await context.feeds.put(tx, organisation, register.name, [sourceFact({ ...row, endedAt: now })])
    await record(context, tx, organisation, 'backup-source-ended', { source: id, by })
  })
}

/**
 * Says that the backups of a source that are others than they were are so with somebody's knowledge, as after they were
 * re-encrypted. How many. Throws `no-such-source`, `nothing-changed`.
 */
export async function acceptChangesBy(
  context: BackupsContext,
  { organisation, by }: Act,
  id: string,
  why: string,
): Promise<number> {
  return changing(context, organisation, async (tx) => {
    await knownSource(tx, organisation, id)
    const changed = await acceptChanges(tx, organisation, id, { by, why, now: context.clock.now() })
    if (changed.length === 0) throw new BackupsError('nothing-changed')
    await context.feeds.put(tx, organisation, register.name, changed.map(backupFact))
    await record(context, tx, organisation, 'backup-changes-accepted', {
      ...{ source: id, by },
      backups: changed.map(({ id: backup, digest }) => ({ backup, digest })),
    })
    return changed.length
  })
}

async function knownSource(tx: Tx, organisation: string, id: string): Promise<SourceRow> {
  const row = await sourceById(tx, organisation, id)
  if (row === undefined) throw new BackupsError('no-such-source')
  return row
}

async function shown(
  context: BackupsContext,
  tx: Tx,
  organisation: string,
  rows: readonly SourceRow[],
  recipients: readonly Recipient[],
): Promise<Source[]> {
  const plans = new Map((await plansSeen(tx, organisation)).map((plan) => [plan.id, plan]))
  const runs = new Map((await runsSeen(tx, organisation)).map((run) => [run.plan, run]))
  const logs = new Map((await logsSeen(tx, organisation)).map((log) => [log.plan, log]))
  const lying = await lyingSeen(tx, organisation)
  const drills = await lastDrills(tx, organisation)
  const names = await hostsNamed(
    context,
    tx,
    organisation,
    rows.map(({ host }) => host),
  )
  const seen = await context.feeds.read(
    tx,
    organisation,
    rows.map(({ id }) => backups.named(`${id}/`)),
  )
  return rows.map((row, at): Source => {
    const lies = lying.get(row.id)
    const log = logs.get(row.id)
    const run = runs.get(row.id)
    const drill = drills.get(row.id)
    const plan = plans.get(row.id)
    const [missing] = row.endedAt === null ? (seen[at]?.unseen ?? []) : []
    const its = recipients.filter(({ sources }) => sources.some(({ id }) => id === row.id))
    return {
      ...{ id: row.id, host: row.host, hostName: names.get(row.host) ?? row.host, name: row.source },
      ...{ firstSeenAt: row.firstSeenAt, endedAt: row.endedAt, endedWhy: row.endedWhy },
      plan: plan === undefined ? null : shownPlan(plan, lies),
      ...{ backups: lies?.backups ?? 0, bytes: lies?.bytes ?? 0, lastAt: lies?.lastAt ?? null },
      ...{ faulty: lies?.faulty ?? 0, changed: lies?.changed ?? 0 },
      restorable:
        log === undefined || log.from === null || log.until === null
          ? null
          : { from: log.from, until: log.until, gaps: log.gaps },
      lastRun: run === undefined ? null : { startedAt: run.startedAt, outcome: run.outcome, code: run.code },
      lastDrill: drill === undefined ? null : shownDrill(drill),
      readers: its.length,
      undeclared: its.filter((one) => !isDeclared(one)).length,
      unseen: missing === undefined ? null : shownUnseen(missing),
    }
  })
}

function shownPlan(plan: ValueOf<typeof backupPlans>, lies: Lying | undefined): NonNullable<Source['plan']> {
  const { of, target, full, incremental, log, keepAtLeast } = plan
  const due = (last: Instant | null | undefined, every: Duration | null) =>
    last === null || last === undefined || every === null ? [] : [plus(last, every, 'UTC')]
  const next = [...due(lies?.lastFullAt, full), ...due(lies?.lastAt, incremental)]
  return {
    of,
    target,
    full,
    incremental,
    log,
    keepAtLeast,
    nextDueAt: next.length === 0 ? null : Math.min(...next),
  }
}

function shownBackup(
  {
    id: _id,
    host: _host,
    plan: _plan,
    source: _source,
    digest,
    recipients: _recipients,
    ...rest
  }: ValueOf<typeof backups>,
  known: string | undefined,
): Backup {
  return { ...rest, changed: known !== undefined && known !== digest }
}

function shownDrill({ endedAt: at, backup, outcome, code, files, tables, rows }: DrillRow): Drill {
  return { at, backup, outcome, code, files, tables, rows }
}

function shownUnseen(unseen: Unseen): NonNullable<Source['unseen']> {
  const detail =
    unseen.code === 'needs-right'
      ? unseen.right
      : unseen.code === 'failed'
        ? unseen.error
        : unseen.code === 'partial'
          ? unseen.missing
          : ''
  return { code: unseen.code, detail }
}
