import {
  ArchiveError,
  type BackupsSettings,
  type BackupsState,
  backupsFileOf,
  readSettings,
  readState,
  sourceState,
} from '@hevd/archive'
import { backupLogs, backupPlans, backupRecipients, backupRuns, backups, restoreDrills } from '@hevd/facts'
import { backupFact, drillFact, recipientFacts, runFact } from '../backups/facts.ts'
import { nameOf } from '../backups/files.ts'
import { drillsTold, lookAtRepositories, type Seen } from '../backups/look.ts'
import { type BackupsMemory, kept, recalled, unknownPlan } from '../backups/memory.ts'
import { planFact } from '../backups/plans.ts'
import type { RecordCache } from '../backups/records.ts'
import {
  type Collected,
  type Collector,
  collected,
  failedBy,
  type Gap,
  needsRight,
  partialWithout,
  rootRight,
  together,
} from '../collector.ts'
import type { HostAccess } from '../host/access.ts'

const topic = 'backups'

/** What one look may cost: bytes read whole, backups whose files are opened, and milliseconds. */
type Cost = { readonly bytes: number; readonly backups: number; readonly within: number }

/**
 * The backups that this host is told to make: its plans, what was run, and the repositories themselves. It makes nothing,
 * changes nothing there, and has no identity to open anything with.
 */
export const backupsCollector = backupsLookedAt({ bytes: 256 * 2 ** 20, backups: 100, within: 60_000 })

export function backupsLookedAt(cost: Cost): Collector {
  const cache: RecordCache = new Map()
  return {
    name: 'backups',
    types: [backupPlans, backups, backupLogs, backupRuns, backupRecipients, restoreDrills].map(
      ({ name }) => name,
    ),
    title: { nb: 'Sikkerhetskopier', en: 'Backups' },
    interval: 'PT5M',
    collect: async (access) => {
      const home = access.look.backups
      if (home === null) return nothing(access, null)
      const settings = settingsOf(home)
      if ('gap' in settings) return nothing(access, settings.gap)
      const state = stateOf(home)
      return 'gap' in state
        ? nothing(access, state.gap)
        : looked(access, { home, settings, state }, cost, cache)
    },
  }
}

async function looked(
  access: HostAccess,
  { home, settings, state }: { home: string; settings: BackupsSettings; state: BackupsState },
  { bytes, backups: files, within }: Cost,
  cache: RecordCache,
): Promise<Collected> {
  const host = access.host.id
  const memory = recalled(access.known(topic))
  const seen = await lookAtRepositories(settings, state, memory, cache, {
    budget: { bytes, backups: files, reading: AbortSignal.timeout(within / 2) },
    now: access.now(),
    signal: AbortSignal.timeout(within),
  })
  forget(memory, settings, seen)
  access.firstSeen(topic, kept(memory))
  const gap = gapOf(seen)
  const plans = await Promise.all(
    settings.plans.flatMap((plan) => {
      const target = settings.targets.get(plan.target)
      return target === undefined
        ? []
        : [planFact(access, home, plan, target, memory.plans.get(plan.name) ?? unknownPlan)]
    }),
  )
  return together(
    collected(backupPlans, host, plans),
    collected(
      backups,
      host,
      seen.plans.flatMap(({ records }) => records.map((one) => backupFact(host, one, memory))),
      gap,
    ),
    collected(
      backupLogs,
      host,
      seen.plans.flatMap(({ plan, log }) =>
        log === null ? [] : [{ plan: `${host}/${plan.name}`, host, ...log }],
      ),
      gap,
    ),
    collected(
      backupRuns,
      host,
      settings.plans.flatMap(({ name }) => {
        const { lastAttempt } = sourceState(state, name)
        return lastAttempt === null ? [] : [runFact(host, lastAttempt)]
      }),
    ),
    collected(
      backupRecipients,
      host,
      seen.plans.flatMap(({ plan, records }) => recipientFacts(host, plan, records)),
      gap,
    ),
    collected(
      restoreDrills,
      host,
      state.drills
        .slice(0, drillsTold)
        .map((drill) =>
          drillFact(host, drill, seen.drilled.get(`${drill.source}/${drill.backupId}`) ?? null),
        ),
    ),
  )
}

/** A host without settings makes no backups, and that is all there is to see. */
function nothing({ host }: HostAccess, gap: Gap): Collected {
  const types = [backupPlans, backups, backupLogs, backupRuns, backupRecipients, restoreDrills]
  return together(...types.map((type) => collected(type, host.id, [], gap)))
}

function settingsOf(home: string): BackupsSettings | { readonly gap: Gap } {
  try {
    return readSettings(backupsFileOf(home))
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    if (error.code === 'settings-missing') return { gap: null }
    return { gap: isRefused(error.cause) ? needsRight(rootRight) : failedBy(error.message) }
  }
}

function stateOf(home: string): BackupsState | { readonly gap: Gap } {
  try {
    return readState(home)
  } catch (error) {
    return { gap: failedBy(error instanceof Error ? error.message : String(error)) }
  }
}

function isRefused(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'EACCES' || cause.code === 'EPERM')
}

function gapOf({ plans, missing }: Seen): Gap {
  if (missing.length === 0) return null
  return plans.length === 0 ? failedBy(missing.join(' ')) : partialWithout(missing.join(' '))
}

/** What no plan has any more is forgotten; what could not be reached is not. */
function forget(memory: BackupsMemory, settings: BackupsSettings, seen: Seen): void {
  for (const name of memory.plans.keys())
    if (!settings.plans.some((plan) => plan.name === name)) memory.plans.delete(name)
  const there = new Set(seen.plans.flatMap(({ records }) => records.map(nameOf)))
  const wasSeen = (source: string) => seen.plans.some(({ plan }) => plan.name === source)
  for (const name of memory.backups.keys()) {
    const source = name.slice(0, name.indexOf('/'))
    if (wasSeen(source) ? !there.has(name) : !memory.plans.has(source)) memory.backups.delete(name)
  }
}
