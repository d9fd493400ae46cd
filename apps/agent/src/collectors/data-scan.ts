import { randomInt } from 'node:crypto'
import { milliseconds } from '@hevd/core'
import { scannedPlaces, sensitiveFinds } from '@hevd/facts'
import { type Collector, collected, together } from '../collector.ts'
import { factsOf } from '../data-scan/facts.ts'
import { kept, type Remembered, recalled } from '../data-scan/memory.ts'
import { placesOf } from '../data-scan/open.ts'
import { pacedBy } from '../data-scan/pace.ts'
import { type ClosedPlace, isOpen, type OpenPlace, type ScanOptions } from '../data-scan/place.ts'
import { objectReport } from '../data-scan/summary.ts'
import { type Target, targetOf } from '../data-scan/target.ts'
import type { HostAccess } from '../host/access.ts'
import { placeOfUrl } from '../postgres/places.ts'

const topic = 'data-scan'

/** How long a run is, in milliseconds, and how much it rests. */
type Pace = {
  /** Time after which it begins nothing new. At least one table or file is looked at in each run. */
  readonly runFor: number
  /** Time after which it gives up what it looks at. */
  readonly runAtMost: number
  /** How many times as long as it worked it rests. */
  readonly restFactor: number
}

/**
 * Databases and logs that agent.json names, looked through for secrets, card and identity numbers in plain text. A run is
 * short; the next one goes on with the tables that are left, and a place is begun anew when its last round is old enough.
 */
export const dataScanCollector = dataScanPaced({ runFor: 60_000, runAtMost: 240_000, restFactor: 9 })

export function dataScanPaced(pace: Pace): Collector {
  return {
    name: 'data-scan',
    types: [scannedPlaces.name, sensitiveFinds.name],
    title: { nb: 'Søk etter følsomme data', en: 'Search for sensitive data' },
    interval: 'PT5M',
    collect: async (access) => {
      const { host } = access
      const { databases, logs } = access.look.scan
      const targets = [...databases, ...logs].flatMap((text) => targetOf(text) ?? [])
      const names = targets.map(calledTarget)
      const known = recalled(access.known(topic))
      const memory = new Map([...known].filter(([, { target }]) => names.includes(target)))
      if (targets.length > 0) await goOn(access, targets, memory, pace)
      access.firstSeen(topic, kept(memory.values()))
      return together(
        { facts: [...memory.values()].flatMap((place) => factsOf(host.id, place)), coverage: [] },
        collected(scannedPlaces, host.id, []),
        collected(sensitiveFinds, host.id, []),
      )
    },
  }
}

/** Without credentials and parameters: it stands in the agent's memory. */
function calledTarget(target: Target): string {
  if (target.kind === 'logs') return target.path
  const { host, pathname, searchParams } = new URL(target.url)
  return `${target.kind}://${searchParams.get('host') ?? searchParams.get('socket') ?? host}${pathname}`
}

async function goOn(
  access: HostAccess,
  targets: readonly Target[],
  memory: Map<string, Remembered>,
  { runFor, runAtMost, restFactor }: Pace,
): Promise<void> {
  const soon = AbortSignal.timeout(runFor)
  const signal = AbortSignal.timeout(runAtMost)
  const options: ScanOptions = {
    full: false,
    signal,
    rest: pacedBy(restFactor, signal),
    randomBelow: randomInt,
    progress: () => {},
  }
  const every = milliseconds(access.look.scan.every)
  const isDue = ({ last, current }: Remembered) =>
    current !== null || last === null || access.now() >= last.startedAt + every
  for (const target of targets) {
    const name = calledTarget(target)
    const its = [...memory.values()].filter((one) => one.target === name)
    if (its.length > 0 && !its.some(isDue)) continue
    const server = await serverOf(access, target)
    const there = new Set<string>()
    for await (const place of placesOf(target)) {
      const id = idOf(access.host.id, target, server, place)
      there.add(id)
      const { kind, name: called, unit } = place
      const remembered = memory.get(id) ?? {
        id,
        target: name,
        kind,
        name: called,
        server,
        unit,
        closed: null,
        last: null,
        current: null,
      }
      memory.set(id, remembered)
      remembered.closed = isOpen(place) ? null : place.why
      if (isOpen(place) && isDue(remembered)) await goOnWith(access, place, remembered, options, soon)
      if (soon.aborted) return
    }
    const isListed = [...there].every((id) => !id.endsWith('/*'))
    if (isListed) for (const { id } of its) if (!there.has(id)) memory.delete(id)
  }
}

/** Looks at what this round has not seen yet, until it is time to stop. */
async function goOnWith(
  access: HostAccess,
  place: OpenPlace,
  remembered: Remembered,
  options: ScanOptions,
  soon: AbortSignal,
): Promise<void> {
  const before = remembered.current
  const still = new Map([...(before?.objects ?? [])].filter(([object]) => place.objects.includes(object)))
  const round = {
    startedAt: before?.startedAt ?? access.now(),
    ofObjects: place.objects.length,
    gaps: place.gaps,
    objects: still,
  }
  remembered.current = round
  for (const object of place.objects) {
    if (round.objects.has(object)) continue
    round.objects.set(object, objectReport(await place.look(object, options)))
    if (soon.aborted && round.objects.size < round.ofObjects) return
  }
  remembered.last = round
  remembered.current = null
}

/** The `postgres-server` that a URL leads to, by the name that the agent gives it; null for what is none. */
async function serverOf(access: HostAccess, target: Target): Promise<string | null> {
  if (target.kind !== 'postgres') return null
  return (await placeOfUrl(access, target.url))?.id ?? null
}

/** Begins with the host's id and a slash, as its scope demands. */
function idOf(host: string, target: Target, server: string | null, place: OpenPlace | ClosedPlace): string {
  if (target.kind === 'logs') return `${host}/logs:${place.local}`
  return target.kind === 'postgres' && server !== null
    ? `${server}/${place.local}`
    : `${host}/${target.kind}:${place.name}`
}
