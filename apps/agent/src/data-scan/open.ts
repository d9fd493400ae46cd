import type { ClosedPlace, OpenPlace } from './place.ts'
import type { Target } from './target.ts'

/**
 * The places of a target, one after the other; each may be looked at until the next is asked for. Never throws. Drivers are
 * loaded when they are needed.
 */
export async function* placesOf(target: Target): AsyncGenerator<OpenPlace | ClosedPlace> {
  if (target.kind === 'logs') yield* (await import('./logs/open.ts')).openLogs(target.path)
  else if (target.kind === 'postgres') yield* (await import('./postgres/open.ts')).openPostgres(target.url)
  else yield* (await import('./mysql/open.ts')).openMysql(target.url)
}
