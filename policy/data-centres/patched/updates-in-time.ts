import { check, duration, fails, none, unknown } from '@hevd/core'
import { packageSources, pendingUpdates } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** No security update has waited longer than its deadline, by package lists that are young enough to know. */
export const updatesInTime = check('patched/updates-in-time', {
  of: productionHosts,
  parameters: { securityWithin: duration, listsNoOlderThan: duration },
  reads: (host) => ({ updates: pendingUpdates.ofHost(host.id), sources: packageSources.ofHost(host.id) }),
  judge: (_host, { updates, sources }, { securityWithin, listsNoOlderThan }, moment) => {
    const overdue = none(
      updates,
      (update) => update.security && moment.elapsed(update.firstSeenAt, securityWithin),
      (late) => fails('updates-overdue', { packages: late.map((update) => update.package) }),
    )
    if (overdue.verdict === 'fails') return overdue
    const [source] = sources.facts
    if (source === undefined)
      return overdue.verdict === 'unknown' ? overdue : unknown('package-lists-missing')
    if (!source.value.hasSecuritySource) return fails('no-security-source')
    const { refreshedAt } = source.value
    if (refreshedAt === null || !moment.passed(refreshedAt) || moment.elapsed(refreshedAt, listsNoOlderThan))
      return unknown('package-lists-old')
    return overdue
  },
})
