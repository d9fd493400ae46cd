import type { restoreDrills, ValueOf } from '@hevd/facts'
import type { Tx } from '@hevd/postgres'
import { type BackupsContext, changing, record, register } from './context.ts'
import { backupFact, drillFact, sourceFact } from './facts.ts'
import { addBackups, backupWith } from './store/backups.ts'
import { addDrill, type DrillRow } from './store/drills.ts'
import { backupsToRemember, drillsToRemember, plansSeen } from './store/seen.ts'
import { allSources, putSource } from './store/sources.ts'

/** Most backups that one entry of the log names. */
const batch = 500

/** Writes down what agents say of backups and is not written down yet, with what the internal log then holds them to. */
export async function remember(context: BackupsContext, organisation: string): Promise<void> {
  await changing(context, organisation, async (tx) => {
    await rememberSources(context, tx, organisation)
    await rememberBackups(context, tx, organisation)
    await rememberDrills(context, tx, organisation)
  })
}

async function rememberSources(context: BackupsContext, tx: Tx, organisation: string): Promise<void> {
  const known = new Map((await allSources(tx, organisation)).map((row) => [row.id, row]))
  for (const plan of await plansSeen(tx, organisation)) {
    const before = known.get(plan.id)
    if (before !== undefined && before.endedAt === null) continue
    const row = await putSource(tx, organisation, plan, context.clock.now())
    await context.feeds.put(tx, organisation, register.name, [sourceFact(row)])
    const kind = before === undefined ? 'backup-source-seen' : 'backup-source-back'
    await record(context, tx, organisation, kind, { source: plan.id })
  }
}

async function rememberBackups(context: BackupsContext, tx: Tx, organisation: string): Promise<void> {
  const seen = (await backupsToRemember(tx, organisation)).map(({ id, plan, backup, startedAt, digest }) => ({
    ...{ id, source: plan, backup, startedAt, digest },
    acceptedAt: null,
  }))
  for (let from = 0; from < seen.length; from += batch) {
    const some = seen.slice(from, from + batch)
    await addBackups(tx, organisation, some, context.clock.now())
    await context.feeds.put(tx, organisation, register.name, some.map(backupFact))
    await record(context, tx, organisation, 'backups-seen', {
      backups: some.map(({ id, digest }) => ({ backup: id, digest })),
    })
  }
}

async function rememberDrills(context: BackupsContext, tx: Tx, organisation: string): Promise<void> {
  const sources = new Set((await allSources(tx, organisation)).map(({ id }) => id))
  for (const told of await drillsToRemember(tx, organisation)) {
    const of = await backupOf(tx, organisation, told, sources)
    if (of === null) continue
    const { id, endedAt, outcome, code, files, tables, rows } = told
    if (outcome === 'not-run') continue
    const drill: DrillRow = { id, ...of, endedAt, outcome, code, files, tables, rows }
    await addDrill(tx, organisation, drill, context.clock.now())
    await context.feeds.put(tx, organisation, register.name, [drillFact(drill)])
    await record(context, tx, organisation, 'restore-drill-seen', {
      ...{ drill: id, source: of.source, backup: of.backup, outcome, code },
    })
  }
}

/**
 * The backup that a drill restored. It is known by the digest of its record, since names of sources are the same on many
 * hosts; a drill that failed accuses the source of its own host where that digest could not be read.
 */
async function backupOf(
  tx: Tx,
  organisation: string,
  { host, source, backup, digest, outcome }: ValueOf<typeof restoreDrills>,
  sources: ReadonlySet<string>,
): Promise<{ readonly source: string; readonly backup: string } | null> {
  const found = digest === null ? undefined : await backupWith(tx, organisation, digest)
  if (found !== undefined) return found
  const own = `${host}/${source}`
  return outcome === 'failed' && backup !== null && sources.has(own) ? { source: own, backup } : null
}
