import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type BackupsSettings,
  backupsFileOf,
  type DrillPlan,
  type Journal,
  listBackups,
  lockOf,
  madeOf,
  nextDrill,
  nextDue,
  openJournal,
  type Plan,
  readSettings,
  sourceState,
} from '@hevd/archive'
import type { Instant } from '@hevd/core'
import type { ServerConfig } from '@hevd/server'
import { wallClock } from '../../clock.ts'
import type { BackupsRun } from '../backups-run.ts'
import { runDrill } from '../drill.ts'
import { runPlan } from '../run-plan.ts'
import { placeNamed, withRepository } from '../where.ts'
import { whyOf } from '../why.ts'
import { type KeepLog, keepLog } from './log.ts'
import { keepLogArchived } from './wal-keeper.ts'

/** How often it looks whether backups.json was changed, or the clock set. */
const lookEvery = 2000
/** How long what a repository said is taken for true; less where it could not be asked. */
const listedFor = 3_600_000
const unlistedFor = 60_000

/** `hevd backups keep`. */
export async function keepHere({ config, terminal, signal }: BackupsRun): Promise<number> {
  readSettings(backupsFileOf(config.home))
  await keep({ config, signal, log: keepLog(wallClock, (line) => terminal.write(line)) })
  return 0
}

export type KeepDeps = { readonly config: ServerConfig; readonly signal: AbortSignal; readonly log: KeepLog }

/**
 * Makes the backups and drills of backups.json when they are due, one at a time, and archives the log of its database
 * servers all the while, until it is told to stop. What fails is tried again later and ends nothing else; a settings file that
 * is not valid any more stops what it was about until it is. Throws ArchiveError `already-running`, `state-not-readable`.
 */
export async function keep({ config, signal, log }: KeepDeps): Promise<void> {
  const release = lockOf(config.home, 'keep', 'hevd backups keep', process.pid)
  const journal = openJournal(config.home)
  const keeper = keeperOf({ config, signal, log }, journal)
  log.say('started')
  try {
    while (!signal.aborted) {
      const settings = keeper.settings()
      await keeper.archiveLogs(settings)
      const next = await keeper.next(settings)
      if (next !== null && next.at <= wallClock()) await next.act()
      else await sleep(lookEvery, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    await keeper.stop()
    journal.close()
    release()
    log.say('stopped')
  }
}

type Next = { readonly at: Instant; act(): Promise<void> }
type Archiving = { readonly stop: AbortController; readonly done: Promise<void> }

const nothing: BackupsSettings = { path: '', targets: new Map(), plans: [], drills: [] }

function keeperOf({ config, signal, log }: KeepDeps, journal: Journal) {
  const path = backupsFileOf(config.home)
  const archiving = new Map<string, Archiving>()
  const listed = new Map<string, { readonly at: Instant; readonly backups: Listed }>()
  /** Plans that need a full backup before its time. */
  const broken = new Set<string>()
  let read = { stamp: '', settings: nothing }

  /** What backups.json says now; nothing while it is not valid, which is said once. */
  function settings(): BackupsSettings {
    const stamp = stampOf(path)
    if (stamp === read.stamp) return read.settings
    listed.clear()
    try {
      read = { stamp, settings: readSettings(path) }
      log.wellAgain('settings-not-used', path)
      log.say('settings', { plans: read.settings.plans.map(({ name }) => name) })
    } catch (error) {
      read = { stamp, settings: nothing }
      log.trouble('settings-not-used', path, whyOf(error))
    }
    return read.settings
  }

  /** Begins and ends archiving so that it is done of the plans that there are, as they are now. */
  async function archiveLogs(now: BackupsSettings): Promise<void> {
    const wanted = new Map(
      now.plans.flatMap((plan) => {
        const place = placeNamed(now, plan.target)
        const isLogged = plan.of.kind === 'postgresql' && plan.incremental !== null
        return isLogged ? [[JSON.stringify([plan, place]), { plan, place }] as const] : []
      }),
    )
    for (const [key, { stop, done }] of archiving)
      if (!wanted.has(key)) {
        stop.abort()
        await done
        archiving.delete(key)
      }
    for (const [key, { plan, place }] of wanted)
      if (!archiving.has(key) && plan.of.kind === 'postgresql') {
        const stop = new AbortController()
        const gap = () => broken.add(plan.name)
        const about = { config, journal, plan, place, url: plan.of.url, now: wallClock, log, gap }
        const done = keepLogArchived({ ...about, signal: AbortSignal.any([signal, stop.signal]) })
        archiving.set(key, { stop, done })
      }
  }

  async function next(now: BackupsSettings): Promise<Next | null> {
    const all: Next[] = []
    const state = journal.state()
    for (const plan of now.plans) {
      const made = madeOf(plan.name, await backupsOf(now, plan), state)
      const due = nextDue(plan, broken.has(plan.name) ? { ...made, full: null } : made, wallClock())
      all.push({ at: due.at, act: () => backUp(now, plan, due.kind) })
    }
    for (const drill of now.drills) {
      const { lastDrill } = sourceState(state, drill.source)
      const at = nextDrill(drill.every, lastDrill, wallClock())
      all.push({ at, act: () => drillOnce(now, drill) })
    }
    return all.reduce<Next | null>(
      (first, each) => (first === null || each.at < first.at ? each : first),
      null,
    )
  }

  /** What the repository says of a plan; null where it cannot be asked. */
  async function backupsOf(now: BackupsSettings, plan: Plan): Promise<Listed> {
    const known = listed.get(plan.name)
    const age = known === undefined ? Number.POSITIVE_INFINITY : Math.abs(wallClock() - known.at)
    if (known !== undefined && age < (known.backups === null ? unlistedFor : listedFor)) return known.backups
    let backups: Listed = null
    try {
      const place = placeNamed(now, plan.target)
      backups = (await withRepository(place, (repository) => listBackups(repository, plan.name))).backups
      log.wellAgain('target-away', plan.target)
    } catch (error) {
      log.trouble('target-away', plan.target, whyOf(error))
    }
    listed.set(plan.name, { at: wallClock(), backups })
    return backups
  }

  async function backUp(now: BackupsSettings, plan: Plan, kind: 'full' | 'incremental'): Promise<void> {
    const place = placeNamed(now, plan.target)
    const deps = { config, journal, place, plan, now: wallClock, progress: () => {}, signal, start: false }
    listed.delete(plan.name)
    try {
      const ran = await runPlan(deps, kind === 'full' ? 'full' : null)
      const { source, outcome, backupId, bytes, stored, removed, why, untidy } = ran
      if (outcome === 'failed' && why !== null) log.trouble('backup-failed', source, why)
      else if (outcome === 'interrupted') log.say('backup-interrupted', { source })
      else {
        log.wellAgain('backup-failed', source)
        if (ran.kind === 'full') broken.delete(plan.name)
        log.say('backup', { source, outcome, backupId, bytes, stored, removed })
      }
      if (untidy !== null) log.trouble('prune-failed', source, untidy)
    } catch (error) {
      log.trouble('backup-failed', plan.name, whyOf(error))
      await sleep(lookEvery, undefined, { signal }).catch(() => undefined)
    }
  }

  async function drillOnce(now: BackupsSettings, drill: DrillPlan): Promise<void> {
    const { source, target, identityFile } = drill
    const about = {
      config,
      journal,
      place: placeNamed(now, target),
      source,
      identityFile,
      now: wallClock,
      signal,
    }
    const { outcome, why, backupId } = await runDrill({
      ...about,
      backupId: null,
      scratch: null,
      progress: () => {},
    })
    if (signal.aborted) return
    log.say('drill', { source, outcome, backupId, why: why === null ? null : why.words.en })
  }

  return {
    settings,
    archiveLogs,
    next,
    async stop() {
      await Promise.all([...archiving.values()].map(({ done }) => done))
    },
  }
}

type Listed = Awaited<ReturnType<typeof listBackups>>['backups'] | null

/** Changes when the file does; empty where there is none. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? 'none' : `${found.ino} ${found.mtimeMs} ${found.ctimeMs} ${found.size}`
}
